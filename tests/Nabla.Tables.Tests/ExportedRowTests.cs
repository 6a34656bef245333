using System.Text;

namespace Nabla.Tables.Tests;

/// <summary>A model of a table that is written as C# takes rows and predicts with the same bits.</summary>
public sealed class ExportedRowTests
{
    private static readonly TrainingOptions Quick = Presets.TableClassification with { Hidden = [8], Epochs = 2, KeepBest = false };

    [Theory]
    [InlineData("label", "NA")]
    [InlineData("amount", "-99")]
    public void Rows_predict_with_the_same_bits(string target, string missing)
    {
        var model = Trained(Invented(300, missing, target), new TableOptions { Targets = [], MissingMarkers = [missing] }, target);
        var program = ExportedProgram.From(path => model.ExportCSharp(path, "Sales"), "Sales");
        var random = new Random(3);
        for (int i = 0; i < 200; i++)
        {
            object size = random.Next(6) switch { 0 => double.NaN, 1 => -99.0, 2 => 1e9 + i / 16.0, _ => 100 * random.NextDouble() };
            string? colour = random.Next(6) switch { 0 => null, 1 => "violet", 2 => " red ", 3 => "blue", _ => "deep \"green\"" };
            string? answer = random.Next(4) switch { 0 => null, 1 => "perhaps", 2 => "yes", _ => "no" };
            DateTime? day = random.Next(4) == 0 ? null : new DateTime(2019, 12, 25).AddMinutes(random.Next(1_000_000));
            double[] expected = [.. model.Predict(new Dictionary<string, object?>
            {
                ["size"] = size, ["Size!"] = colour, ["row"] = answer, ["day\n</summary>"] = day, ["toString"] = 1.7e9 + i,
            }).Values.Values];
            var row = new Dictionary<string, object?>
            {
                ["Size"] = size, ["Size2"] = colour, ["Row2"] = answer, ["DaySummary"] = day, ["ToString2"] = 1.7e9 + i,
            };
            double[] actual = target == "label" ? [.. program.Row<float>(row).Select(score => (double)score)] : program.Row<double>(row);
            Assert.Equal(expected, actual);
        }
    }

    [Theory]
    [InlineData(1e300)]
    [InlineData(double.PositiveInfinity)]
    public void Numbers_beyond_the_range_of_floats_are_refused_or_missing(double number)
    {
        var row = new Dictionary<string, object?> { ["Size"] = number };
        var strict = Trained("size,y\n" + Numbers(), new TableOptions { Targets = [] }, "y");
        var program = ExportedProgram.From(path => strict.ExportCSharp(path, "Strict"), "Strict");
        var error = Assert.Throws<ArgumentException>(() => program.Row<float>(row));
        Assert.StartsWith("size: ", error.Message, StringComparison.Ordinal);
        var lenient = Trained("size,y\n" + Numbers(), new TableOptions { Targets = [], InvalidCells = InvalidCellHandling.Missing }, "y");
        program = ExportedProgram.From(path => lenient.ExportCSharp(path, "Lenient"), "Lenient");
        Assert.Equal(program.Row<float>(new Dictionary<string, object?> { ["Size"] = double.NaN }), program.Row<float>(row));
    }

    private static string Numbers() => string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 10}.5,{(i % 10 < 5 ? "low" : "high")}\n"));

    private static TableModel Trained(string csv, TableOptions options, string target)
    {
        var fitted = Messy.Fit(csv, target, options);
        Model model = fitted.Data.Targets is ClassTargets
            ? Classifier.Train(fitted.Data, Quick)
            : Regressor.Train(fitted.Data, Presets.TableRegression with { Hidden = [8], Epochs = 2, KeepBest = false });
        model.Notes[TableModel.NoteKey] = fitted.Encoding.ToJson();
        return new TableModel(model);
    }

    /// <summary>A table with all kinds of columns, whose names are no names of properties.</summary>
    private static string Invented(int rows, string missing, string target)
    {
        var random = new Random(1);
        string[] colours = ["red", "blue", "\"deep \"\"green\"\"\""], answers = ["yes", "no"];
        var csv = new StringBuilder($"size,Size!,row,\"day\n</summary>\",toString,{target}\n");
        for (int i = 0; i < rows; i++)
        {
            double size = random.NextDouble() * 100;
            var day = new DateTime(2019, 12, 25).AddMinutes(random.Next(1_000_000));
            string value = target == "label" ? size > 50 ? "large" : "small" : $"{size * 3 + day.Day:R}";
            csv.AppendJoin(
                ',', Missing($"{size:R}"), Missing(colours[i % 3]), Missing(answers[random.Next(2)]), Missing($"{day:yyyy-MM-dd HH:mm}"),
                $"{1.7e9 + random.Next(100_000)}", value).Append('\n');
        }
        return csv.ToString();

        string Missing(string cell) => random.Next(8) == 0 ? missing : cell;
    }
}
