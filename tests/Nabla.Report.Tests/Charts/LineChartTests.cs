using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Nabla.Report.Tests;

public class LineChartTests
{
    [Fact]
    public void Larger_numbers_lie_higher_and_further_to_the_right()
    {
        var marks = Draw([(0, 0), (1, 10), (2, 5)]).Descendants("circle").ToArray();
        double[] x = [.. marks.Select(mark => NumberOf(mark, "cx"))], y = [.. marks.Select(mark => NumberOf(mark, "cy"))];
        Assert.Equal(x.Order(), x);
        Assert.True(y[1] < y[2] && y[2] < y[0]);
        Assert.Equal(y[0] - y[2], y[2] - y[1], 0.02);
    }

    [Fact]
    public void A_line_has_a_gap_where_there_is_no_number()
    {
        string path = Draw([(0, 0), (1, 1), (2, double.NaN), (3, 1), (4, 0)]).Descendants("path").Single().Attribute("d")!.Value;
        Assert.Equal(2, path.Count(letter => letter == 'M'));
        Assert.Equal(2, path.Count(letter => letter == 'L'));
    }

    private static XElement Draw((double X, double Y)[] points)
    {
        using var stream = new MemoryStream();
        using (var html = new HtmlWriter(stream))
            LineChart.Write(html, "chart", Axis.Whole("x", 0, 4), Axis.Around("y", points.Select(point => point.Y)), [new("line", points)]);
        string text = Encoding.UTF8.GetString(stream.ToArray());
        return XElement.Parse(text[text.IndexOf("<svg", StringComparison.Ordinal)..]);
    }

    private static double NumberOf(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
