using System.Text;
using System.Xml.Linq;
using Nabla.Explain;
using Nabla.Tables;

namespace Nabla.Report.Tests;

/// <summary>The numbers in the tables of a page are those of the model and its data.</summary>
public class PageNumbersTests
{
    private static readonly TrainingOptions Small = new() { Hidden = [8], Epochs = 3, BatchSize = 16 };

    [Fact]
    public void Mistakes_have_the_numbers_of_their_rows()
    {
        var data = Samples.Pictures(90);
        var model = Classifier.Train(data, Small with { Epochs = 1 });
        var worst = Mistake.FindWorst((ClassificationReport)model.Evaluate(data), 24);
        Assert.NotEmpty(worst);
        var request = new ReportRequest(model, "model") { Data = data };
        Assert.Equal(worst.Select(mistake => $"{mistake.Example + 1}"), FirstColumn(Rows(request, "The worst mistakes")));
        int[] rows = [.. Enumerable.Range(0, 90).Select(row => 1000 - row)];
        Assert.Equal(
            worst.Select(mistake => $"{1000 - mistake.Example}"),
            FirstColumn(Rows(request with { Rows = rows }, "The worst mistakes")));
    }

    [Fact]
    public void Pictures_of_weights_are_those_of_the_units()
    {
        var data = Samples.Pictures(90);
        var model = Classifier.Train(data, Small);
        var figure = Figure(new ReportRequest(model, "model") { Data = data }, "Weights of the first layer");
        string[][] expected = [.. Enumerable.Range(0, 8).Select(unit =>
        {
            float[] weights = [.. Enumerable.Range(0, 36).Select(input => model.Network.Weights(0)[input * 8 + unit])];
            return (string[])
            [
                $"{unit}", FigureText.Digits(weights.Min()), FigureText.Digits(weights.Max()),
                FigureText.Digits(model.Network.Biases(0)[unit]),
            ];
        })];
        Assert.Equal(expected, Body(figure));
    }

    [Fact]
    public void Residuals_are_predicted_less_true()
    {
        var (data, encoding) = Samples.Table(120, isNumber: true);
        var model = Regressor.Train(data, Small);
        var examples = ((RegressionReport)model.Evaluate(data)).Examples;
        var histogram = Histogram.Create([.. examples.Select(example => (float)(example.Predictions[0] - example.Targets[0]))]);
        var request = new ReportRequest(model, "model") { Data = data, Encoding = encoding };
        Assert.Equal(HistogramChart.Rows(histogram), Body(Figure(request, "Residuals")));
        var largest = examples.MaxBy(example => Math.Abs(example.Predictions[0] - example.Targets[0]))!;
        Assert.Equal(FigureText.Digits(largest.Predictions[0] - largest.Targets[0]), Rows(request, "The 15 examples")[0][^1]);
    }

    [Fact]
    public void Of_many_outputs_those_that_depend_most_are_shown()
    {
        var text = new StringBuilder("x,y\n");
        for (int i = 0; i < 300; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i % 50},class {(i % 50 < 30 ? i % 50 / 10 : 3 + i % 3)}\n");
        var table = Table.FromCsv(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())), name: "sample.csv");
        var plan = TableDataset.Fit(table, new TableOptions { Targets = ["y"] });
        var request = new ReportRequest(Classifier.Train(plan.Data, Small with { Epochs = 40 }), "model")
        {
            Data = plan.Data, Encoding = plan.Encoding,
        };
        var dependence = ReportFindings.Compute(request).Dependences.Single();
        double Range(int output) =>
            dependence.Points.Max(point => point.Means[output]) - dependence.Points.Min(point => point.Means[output]);
        int[] most = [.. Enumerable.Range(0, 6).OrderByDescending(Range).Take(4).Order()];
        Assert.True(Range(most.MinBy(Range)) > Enumerable.Range(0, 6).Except(most).Max(Range));
        var header = Figure(request, "Prediction by x").Descendants("tr").First();
        Assert.Equal(["x", .. most.Select(output => dependence.Outputs[output])], header.Elements().Select(cell => cell.Value));
    }

    private static XElement Figure(ReportRequest request, string title) => Root(request).Descendants("figure").Single(
        figure => figure.Descendants("h3").Single().Value == title);

    private static string[][] Rows(ReportRequest request, string caption) => Body(Root(request).Descendants("table").Single(
        table => table.Element("caption")?.Value.StartsWith(caption, StringComparison.Ordinal) == true));

    private static IEnumerable<string> FirstColumn(string[][] rows) => rows.Select(row => row[0]);

    private static string[][] Body(XElement element) =>
        [.. element.Descendants("tbody").Single().Elements("tr").Select(row => row.Elements().Select(cell => cell.Value).ToArray())];

    private static XElement Root(ReportRequest request)
    {
        string page = Samples.Page(request);
        return XElement.Parse(page[page.IndexOf("<html", StringComparison.Ordinal)..]);
    }
}
