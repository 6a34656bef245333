using System.Globalization;
using Nabla.Explain;

namespace Nabla.Cli;

/// <summary>One example to explain.</summary>
/// <param name="Name">The file or data set, and the row.</param>
/// <param name="Inputs">A table that has it, not scaled.</param>
/// <param name="Row">Its row, from 0.</param>
/// <param name="Target">What the network should predict; null if it is not known.</param>
internal sealed record ExplainedExample(string Name, FeatureTable Inputs, int Row, ExampleTarget? Target)
{
    private const int MostNames = 20;

    /// <summary>Reads an example of a file or of a named data set, which knows its targets.</summary>
    /// <param name="input">The file, or mnist or digits.</param>
    /// <param name="row">The number of the example, from 1.</param>
    /// <param name="target">The target, as the user wrote it; null to use that of a named data set, or none.</param>
    /// <param name="model">The model.</param>
    /// <param name="table">How to read a table.</param>
    /// <param name="terminal">The outside world.</param>
    /// <exception cref="InvalidInputException">The input cannot be read, or does not fit the model.</exception>
    /// <exception cref="UsageException">There is no such row, or the target is not one of the model.</exception>
    public static ExplainedExample Read(
        string input, int row, string? target, Model model, TableSettings table, Terminal terminal)
    {
        var given = target is null ? null : ParseTarget(target, model);
        if (NamedData.All.Contains(input))
        {
            table.RequireNone(input);
            var loaded = new DataSource(terminal).Load(new DataRequest(input, null, []).For(model));
            var data = loaded.Test ?? loaded.Train;
            model.Evaluate(data.Select([RowOf(row, data.Count, input)])); // checks that the data fit
            return new($"{input}, row {row}", data.Inputs, row - 1, given ?? ExampleTarget.From(data, row - 1));
        }
        var features = PredictionInput.Read(NamedFile.From(input, terminal), model, table, null, terminal).Features;
        return new($"{input}, row {row}", features, RowOf(row, features.Rows, input), given);
    }

    private static int RowOf(int row, int rows, string input) => row <= rows ? row - 1 : throw new UsageException(
        $"cannot use --row {row}", $"{input} has {rows} {(rows == 1 ? "example" : "examples")}", $"--row {rows}, or a smaller number");

    private static ExampleTarget ParseTarget(string text, Model model)
    {
        if (model is Classifier classifier)
        {
            int number = classifier.ClassNames.ToList().IndexOf(text);
            string names = string.Join(", ", classifier.ClassNames.Take(MostNames));
            return number >= 0 ? ExampleTarget.FromClass(number) : throw new UsageException(
                $"cannot use --target {text}", $"the model has no class {text}",
                $"Use one of {names}{(classifier.ClassNames.Count > MostNames ? ", …" : "")}.");
        }
        int targets = ((Regressor)model).TargetNames.Count;
        var values = new List<double>();
        foreach (string part in text.Split(','))
        {
            if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
                throw new UsageException($"cannot use --target {text}", $"{part} is not a finite number", "--target 12.5");
            values.Add(value);
        }
        return values.Count == targets ? ExampleTarget.FromValues([.. values]) : throw new UsageException(
            $"cannot use --target {text}", $"the model predicts {targets} values, and {values.Count} are given",
            "Give a number for each, separated by commas.");
    }
}
