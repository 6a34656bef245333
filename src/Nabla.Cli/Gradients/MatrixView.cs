using System.Globalization;

namespace Nabla.Cli;

/// <summary>All networks in two tables, a row for each activation and loss, a column for each depth.</summary>
internal sealed class MatrixView(TextWriter output) : IGradientView
{
    public void Checked(GradientResult result)
    {
        // The tables are written at the end.
    }

    public void Done(IReadOnlyList<GradientResult> results)
    {
        WriteTable(
            results, "Backpropagation compared with central differences: largest relative error of a layer",
            r => r.Numerical.LargestError, r => r.IsAlive && r.Numerical.Passed);
        WriteTable(
            results, "Vectorized engine compared with the reference: error relative to the gradient's norm",
            r => r.EngineError, r => r.EngineAgrees);
        int failures = results.Count(result => !result.Passed);
        output.WriteLine(failures == 0
            ? $"passed: {results.Count} networks"
            : $"FAILED: {failures} of {results.Count} networks, marked with !");
    }

    private void WriteTable(
        IReadOnlyList<GradientResult> results, string title, Func<GradientResult, double> error, Func<GradientResult, bool> passed)
    {
        output.WriteLine(title);
        string depths = string.Concat(GradientCase.Depths.Select(depth => $"{"depth " + depth,10}"));
        output.WriteLine($"{"hidden",-10}{"output",-10}{"loss",-15}{"dropout",-9}{depths}");
        foreach (var row in results.GroupBy(r => (r.Case.Hidden, r.Case.Output, r.Case.Loss, r.Case.Dropout)))
        {
            string dropout = row.Key.Dropout == 0 ? "-" : $"{row.Key.Dropout}";
            output.Write($"{row.Key.Hidden.Name,-10}{row.Key.Output.Name,-10}{row.Key.Loss.Name,-15}{dropout,-9}");
            foreach (var result in row.OrderBy(r => r.Case.Depth))
                output.Write(string.Create(CultureInfo.InvariantCulture, $"{error(result),9:0.0E+00}{(passed(result) ? ' ' : '!')}"));
            output.WriteLine();
        }
        output.WriteLine();
    }
}
