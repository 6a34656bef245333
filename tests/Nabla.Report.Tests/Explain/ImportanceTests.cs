using System.Globalization;
using System.Text;
using Nabla.Explain;
using Nabla.Tables;

namespace Nabla.Report.Tests;

public class ImportanceTests
{
    private static readonly TrainingOptions Options = new()
    {
        Hidden = [16], Epochs = 60, BatchSize = 32, Scaling = Scaling.StandardizePerFeature, Seed = 3,
    };

    [Fact]
    public void The_column_that_decides_is_the_most_important()
    {
        var (data, encoding) = Samples.Table(400);
        var model = Classifier.Train(data, Options);
        var importance = ImportanceReport.Measure(model, encoding, data, seed: 1);
        Assert.Equal("decides", importance.Columns[0].Name);
        // Shuffled, a column that decides between two equal classes leaves a guess.
        Assert.InRange(importance.Columns[0].Drop, 0.35, 0.6);
        Assert.True(importance.Columns[0].LossRise > 0.3);
        // Each repetition is another shuffle.
        Assert.InRange(importance.Columns[0].StandardDeviation, 0.001, 0.1);
        Assert.All(importance.Columns.Skip(1), column => Assert.InRange(column.Drop, -0.05, 0.1));
        Assert.Equal(encoding.Columns.Select(column => column.Name).Order(), importance.Columns.Select(column => column.Name).Order());
        Assert.Equal(model.Evaluate(data).Metrics[0], importance.Metric);
    }

    [Fact]
    public void Of_an_error_more_is_worse()
    {
        var (data, encoding) = Samples.Table(300, isNumber: true);
        var importance = ImportanceReport.Measure(Regressor.Train(data, Options), encoding, data, seed: 1);
        Assert.Equal("decides", importance.Columns[0].Name);
        // The values have a standard deviation of 3 * 29; shuffled ones are off by about sqrt(2) times that.
        Assert.InRange(importance.Columns[0].Drop, 60, 140);
    }

    [Fact]
    public void The_same_seed_gives_the_same_numbers_and_another_one_others()
    {
        var (data, encoding) = Samples.Table(200);
        var model = Classifier.Train(data, Options with { Epochs = 5 });
        var first = ImportanceReport.Measure(model, encoding, data, seed: 1, most: 150);
        Assert.Equal(first.Columns, ImportanceReport.Measure(model, encoding, data, seed: 1, most: 150).Columns);
        Assert.NotEqual(first.Columns, ImportanceReport.Measure(model, encoding, data, seed: 2, most: 150).Columns);
        Assert.Equal((150, 200), (first.Used, first.Rows));
    }

    [Theory]
    [InlineData("decides")]
    [InlineData("noise")]
    [InlineData("colour")]
    [InlineData("day")]
    public void A_column_that_the_network_does_not_use_has_no_importance(string name)
    {
        var (data, encoding) = Samples.Table(200);
        var model = Classifier.Train(data, Options with { Epochs = 3 });
        int unused = IndexOf(encoding, name), width = encoding.Columns[unused].Width;
        int feature = encoding.Columns.Take(unused).Sum(column => column.Width);
        int units = model.Topology.Outputs(0);
        model.Topology.Weights(model.Network.EditParameters(), 0).Slice(feature * units, width * units).Clear();
        var importance = ImportanceReport.Measure(model, encoding, data, seed: 1);
        Assert.Equal((0.0, 0.0, 0.0), importance.Columns.Where(column => column.Name == name)
            .Select(column => (column.Drop, column.StandardDeviation, column.LossRise)).Single());
    }

    [Fact]
    public void Predictions_rise_with_the_column_that_decides()
    {
        var (data, encoding) = Samples.Table(300, isNumber: true);
        var model = Regressor.Train(data, Options);
        var dependence = PartialDependence.Measure(model, encoding, data, IndexOf(encoding, "decides"));
        Assert.False(dependence.IsCategory);
        Assert.Equal(0, dependence.Points[0].Number);
        Assert.Equal(99, dependence.Points[^1].Number);
        Assert.All(dependence.Points.Zip(dependence.Points.Skip(1)), pair => Assert.True(pair.First.Means[0] < pair.Second.Means[0]));
        Assert.All(dependence.Points, point => Assert.InRange(point.Means[0] - (3 * point.Number!.Value + 5), -25, 25));
    }

    [Fact]
    public void Categories_and_dates_are_named()
    {
        var (data, encoding) = Samples.Table(200);
        var model = Classifier.Train(data, Options with { Epochs = 2 });
        var colours = PartialDependence.Measure(model, encoding, data, IndexOf(encoding, "colour"));
        Assert.True(colours.IsCategory);
        Assert.Equal(["blue", "green", "red"], colours.Points.Select(point => point.Value).Order(StringComparer.Ordinal));
        Assert.All(colours.Points, point => Assert.Equal(1, point.Means.Sum(), 1e-6));
        var days = PartialDependence.Measure(model, encoding, data, IndexOf(encoding, "day"));
        Assert.StartsWith("2024-01-", days.Points[0].Value, StringComparison.Ordinal);
        Assert.StartsWith("2024-12-", days.Points[^1].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_most_frequent_categories_come_first()
    {
        var text = new StringBuilder("colour,x,y\n");
        for (int i = 0; i < 100; i++)
        {
            string colour = (i % 10) switch { 0 => "a", < 4 => "b", _ => "c" };
            text.Append(CultureInfo.InvariantCulture, $"{colour},{i},{i % 7}.5\n");
        }
        var table = Table.FromCsv(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())), name: "sample.csv");
        var plan = TableDataset.Fit(table, new TableOptions { Targets = ["y"] });
        var model = Regressor.Train(plan.Data, Options with { Epochs = 2 });
        int column = IndexOf(plan.Encoding, "colour");
        string[] Values(int most) => [.. PartialDependence.Measure(model, plan.Encoding, plan.Data, column, values: most).Points
            .Select(point => point.Value)];
        Assert.Equal(["c", "b", "a"], Values(12));
        Assert.Equal(["c", "b"], Values(2));
    }

    [Fact]
    public void Data_that_are_no_table_are_refused()
    {
        var (data, encoding) = Samples.Table(100);
        var model = Classifier.Train(data, Options with { Epochs = 1 });
        Assert.Throws<ArgumentException>(() => ImportanceReport.Measure(model, encoding, Samples.Pictures(9), seed: 1));
    }

    private static int IndexOf(TableEncoding encoding, string name) =>
        encoding.Columns.Index().Single(column => column.Item.Name == name).Index;
}
