using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Nabla.Tables;

namespace Nabla.Report.Tests;

public class BarListTests
{
    [Fact]
    public void Bars_begin_at_zero()
    {
        var bars = Draw(0, 5, 10).Descendants("rect").Select(Span).ToArray();
        Assert.All(bars, bar => Assert.Equal(bars[0].Left, bar.Left));
        Assert.Equal(0, bars[0].Width);
        Assert.Equal(2 * bars[1].Width, bars[2].Width, 0.01);
    }

    [Fact]
    public void Values_below_zero_have_bars_to_the_left()
    {
        var picture = Draw(-5, 10, -10);
        var bars = picture.Descendants("rect").Select(Span).ToArray();
        double zero = NumberOf(picture.Descendants("line").Single(), "x1");
        Assert.Equal(zero, bars[0].Left + bars[0].Width, 0.01);
        Assert.Equal(zero, bars[1].Left, 0.01);
        Assert.Equal(bars[1].Width, bars[2].Width, 0.01);
        Assert.Equal(2 * bars[0].Width, bars[2].Width, 0.01);
        Assert.All(Draw(-1, -2).Descendants("rect").Select(Span), bar => Assert.InRange(bar.Width, 10, 200));
    }

    [Theory]
    [InlineData(1000, 1005, 1010)]
    [InlineData(-1010, -1005, -1000)]
    public void Values_near_each_other_and_far_from_zero_have_marks(double first, double second, double third)
    {
        var picture = Draw(first, second, third);
        Assert.Empty(picture.Descendants("rect"));
        double[] marks = [.. picture.Descendants("circle").Select(mark => NumberOf(mark, "cx"))];
        Assert.Equal(marks[1] - marks[0], marks[2] - marks[1], 0.02);
        Assert.InRange(marks[2] - marks[0], 100, 300);
    }

    [Fact]
    public void Equal_values_have_bars() => Assert.All(Draw(7, 7).Descendants("rect").Select(Span), bar => Assert.True(bar.Width > 100));

    [Fact]
    public void The_page_says_where_marks_lie()
    {
        var text = new StringBuilder("colour,y\n");
        for (int i = 0; i < 120; i++)
        {
            string colour = (i % 3) switch { 0 => "red", 1 => "green", _ => "blue" };
            text.Append(CultureInfo.InvariantCulture, $"{colour},{1000 + 5 * (i % 3)}.5\n");
        }
        var table = Table.FromCsv(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())), name: "sample.csv");
        var plan = TableDataset.Fit(table, new TableOptions { Targets = ["y"] });
        var model = Regressor.Train(plan.Data, new() { Hidden = [8], Epochs = 30, BatchSize = 16 });
        string page = Samples.Page(new ReportRequest(model, "model") { Data = plan.Data, Encoding = plan.Encoding });
        Assert.Contains("The marks lie between 1000", page, StringComparison.Ordinal);
    }

    private static XElement Draw(params double[] values)
    {
        using var stream = new MemoryStream();
        using (var html = new HtmlWriter(stream))
            BarList.Write(html, "bars", [.. values.Select(value => ("name", value, $"{value}"))]);
        string text = Encoding.UTF8.GetString(stream.ToArray());
        return XElement.Parse(text[text.IndexOf("<svg", StringComparison.Ordinal)..]);
    }

    private static (double Left, double Width) Span(XElement bar) => (NumberOf(bar, "x"), NumberOf(bar, "width"));

    private static double NumberOf(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
