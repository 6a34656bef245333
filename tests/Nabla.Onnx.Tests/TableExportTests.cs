using System.Globalization;
using System.Text;
using Nabla.Tables;
using Nabla.Tests.Shared;

namespace Nabla.Onnx.Tests;

/// <summary>Models of tables take raw columns: numbers, texts and dates, also unknown and missing ones.</summary>
public sealed class TableExportTests
{
    private static readonly Preset Quick =
        Presets.All["table"].With(options => options with { Hidden = [12], Epochs = 3, KeepBest = false });

    [Theory]
    [InlineData("wa_churn", "churn", 0)]
    [InlineData("credit_data", "Status", 3)]
    [InlineData("ames", "Sale_Price", 0)]
    [InlineData("diamonds", "price", 2)]
    public void Tables_of_texts_and_numbers_predict_the_same(string name, string target, int members)
    {
        string train = Repository.SharedOrSkip("tables", $"{name}-train.csv");
        string test = File.ReadAllText(Repository.SharedOrSkip("tables", $"{name}-test.csv"));
        Compare(Table.FromCsv(train), test, target, members, name);
    }

    [Theory]
    [InlineData("ames", "Sale_Price")]
    [InlineData("wa_churn", "churn")]
    public void The_features_of_a_table_are_the_same(string name, string target)
    {
        using var folder = new TemporaryFolder();
        var encoding = TableDataset.Fit(
            Table.FromCsv(Repository.SharedOrSkip("tables", $"{name}-train.csv")), new TableOptions { Targets = [target] }).Encoding;
        string test = File.ReadAllText(Repository.SharedOrSkip("tables", $"{name}-test.csv"));
        Identity(encoding.Columns).ExportOnnx(folder.File("model.onnx"));
        double[] values = OnnxRun.From(folder.File("model.onnx"), TableColumns.Read(test, encoding)).Outputs;
        var expected = encoding.EncodeInputs(Read(test)).Features;
        for (int i = 0; i < values.Length; i++)
        {
            string feature = encoding.FeatureNames[i % expected.Columns];
            Assert.True(
                values[i] == expected.Floats[i], $"row {i / expected.Columns}, {feature}: {expected.Floats[i]:R}, not {values[i]:R}");
        }
    }

    [Theory]
    [InlineData("label", 0)]
    [InlineData("amount", 2)]
    public void Dates_missing_values_and_unknown_texts_predict_the_same(string target, int members) =>
        Compare(Read(Invented(400, seed: 1, unknown: false)), Invented(200, seed: 2, unknown: true), target, members, target);

    [Theory]
    [InlineData("label", 0)]
    [InlineData("label", 2)]
    [InlineData("amount", 0)]
    [InlineData("amount", 2)]
    public void Invalid_numbers_and_dates_give_no_prediction(string target, int members)
    {
        using var folder = new TemporaryFolder();
        var model = Train(Read(Invented(200, seed: 1, unknown: false)), target, members);
        model.Model.ExportOnnx(folder.File("model.onnx"));
        var columns = TableColumns.Read(Invented(3, seed: 3, unknown: false), model.Encoding);
        columns["size"].SetValue(1e300, 0);
        columns["day"].SetValue(1e9, 1); // after the year 9999
        var run = OnnxRun.From(folder.File("model.onnx"), columns);
        int width = run.Outputs.Length / 3;
        Assert.All(run.Outputs[..(2 * width)], output => Assert.True(double.IsNaN(output)));
        Assert.All(run.Outputs[(2 * width)..], output => Assert.True(double.IsFinite(output)));
        Assert.All(run.Labels.Take(2), label => Assert.Equal("", label));
        Assert.All(run.Labels.Skip(2), label => Assert.NotEqual("", label));
    }

    [Fact]
    public void The_parts_of_a_date_are_those_of_the_calendar()
    {
        using var folder = new TemporaryFolder();
        var encoding = new DateEncoding(
            "day", DateOrder.YearMonthDay, new DateOnly(2000, 1, 1), hasTimes: true, fill: [1, 2, 3, 4, 5, 6, 7], marksMissing: true);
        Identity([encoding]).ExportOnnx(folder.File("model.onnx"));
        var random = new Random(1);
        DateTime[] dates = [.. Enumerable.Range(0, 20_000).Select(i => i < 3000
            ? new DateTime(1896, 1, 1).AddDays(i)
            : DateTime.MinValue.AddDays(random.Next(3_652_059)).AddMinutes(random.Next(1440)))];
        double[] days = [.. dates.Select(date => (date - DateTime.UnixEpoch).TotalDays)];
        days[0] = double.NaN;
        double[] values = OnnxRun.From(folder.File("model.onnx"), new Dictionary<string, Array> { ["day"] = days }).Outputs;
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 1], values[..8]);
        for (int i = 1; i < dates.Length; i++)
        {
            var date = dates[i];
            int weekday = date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek;
            double[] expected = [date.Year, date.Month, date.Day, weekday, date.DayOfYear, (date.Date - new DateTime(2000, 1, 1)).Days];
            Assert.Equal(expected, values[(8 * i)..(8 * i + 6)]);
            Assert.Equal(date.TimeOfDay.TotalHours, values[8 * i + 6], 1e-5);
            Assert.Equal(0, values[8 * i + 7]);
        }
    }

    [Fact]
    public void The_checker_of_ONNX_accepts_tables()
    {
        ExportTests.RequireChecker();
        using var folder = new TemporaryFolder();
        Train(Read(Invented(200, seed: 1, unknown: false)), "label", 0).Model.ExportOnnx(folder.File("classes.onnx"));
        Train(Read(Invented(200, seed: 1, unknown: false)), "amount", 2).Model.ExportOnnx(folder.File("values.onnx"));
        ExportTests.Check(folder.Path, 2);
    }

    /// <summary>A model that predicts the features themselves.</summary>
    private static Regressor Identity(IReadOnlyList<ColumnEncoding> columns)
    {
        string[] names = [.. columns.SelectMany(column => column.FeatureNames).Select(feature => $"of {feature}")];
        var network = new Network(new Topology([names.Length, names.Length], Activation.Relu, Activation.Identity));
        for (int i = 0; i < names.Length; i++)
            network.EditParameters()[(names.Length + 1) * i] = 1;
        var model = Regressor.From(network, Preprocessing.Create([0f], [1f]), names);
        model.Notes[TableModel.NoteKey] = new TableEncoding(columns, names, null).ToJson();
        return model;
    }

    private static void Compare(Table train, string test, string target, int members, string what)
    {
        using var folder = new TemporaryFolder();
        var model = Train(train, target, members);
        model.Model.ExportOnnx(folder.File("model.onnx"));
        var run = OnnxRun.From(folder.File("model.onnx"), TableColumns.Read(test, model.Encoding));
        var predicted = model.Predict(Read(test));
        if (model.Model is Classifier classifier)
        {
            Agreement.RequireClasses([.. predicted.Select(row => (row.ClassName!, Values(row, classifier.ClassNames)))], run, what);
            return;
        }
        var names = ((Regressor)model.Model).TargetNames;
        Agreement.RequireValues([.. predicted.Select(row => Values(row, names))], run, what);
    }

    private static double[] Values(TablePrediction row, IReadOnlyList<string> names) => [.. names.Select(name => row.Values[name])];

    private static TableModel Train(Table table, string target, int members)
    {
        var fitted = TableDataset.Fit(table, new TableOptions { Targets = [target] });
        Model Member(int seed) => fitted.Data.Targets is ClassTargets
            ? Classifier.Train(fitted.Data, Quick.ForClasses with { Seed = (ulong)seed })
            : Regressor.Train(fitted.Data, Quick.ForValues with { Seed = (ulong)seed });
        Model[] all = [.. Enumerable.Range(1, Math.Max(1, members)).Select(Member)];
        var model = members == 0 ? all[0]
            : all[0] is Classifier ? Classifier.Average([.. all.Cast<Classifier>()]) : Regressor.Average([.. all.Cast<Regressor>()]);
        model.Notes[TableModel.NoteKey] = fitted.Encoding.ToJson();
        return new TableModel(model);
    }

    private static Table Read(string csv) => Table.FromCsv(new MemoryStream(Encoding.UTF8.GetBytes(csv)));

    /// <summary>A table with all kinds of columns. Some names are those of outputs and of nodes.</summary>
    private static string Invented(int rows, int seed, bool unknown)
    {
        var random = new Random(seed);
        string[] colours = ["rød", "blue", "deep green", .. unknown ? ["violet"] : Array.Empty<string>()];
        string[] answers = ["yes", "no", .. unknown ? ["perhaps"] : Array.Empty<string>()];
        var csv = new StringBuilder("size,probabilities,values,day,layer1.z,label,amount\n");
        for (int i = 0; i < rows; i++)
        {
            double size = random.NextDouble() * 100;
            var day = new DateTime(2019, 12, 25).AddDays(random.Next(1000)).AddMinutes(random.Next(1440));
            string colour = Missing(colours[random.Next(colours.Length)]), answer = Missing(answers[random.Next(answers.Length)]);
            double time = 1.7e9 + random.Next(100_000);
            csv.Append(CultureInfo.InvariantCulture, $"{Missing($"{size:R}")},{colour},{answer},{Missing($"{day:yyyy-MM-dd HH:mm}")},");
            csv.Append(CultureInfo.InvariantCulture, $"{time},{(size > 50 ? "large" : "small")},{size * 3 + day.Day:R}\n");
        }
        return csv.ToString();

        string Missing(string cell) => random.Next(8) == 0 ? "" : cell;
    }
}
