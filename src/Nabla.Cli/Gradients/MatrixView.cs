using System.Globalization;

namespace Nabla.Cli;

/// <summary>Writes two tables of all networks, with a row for each activation and loss, and a column for each depth.</summary>
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
            r => r.Numerical.LargestError, r => r.HasGradient && r.Numerical.Passed);
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
        string[] header = ["hidden", "output", "loss", "targets", "with", .. GradientCase.Depths.Select(depth => $"depth {depth}")];
        var networks = results.GroupBy(r => (r.Case.Hidden, r.Case.Output, r.Case.Loss, r.Case.UsesClasses, r.Case.Additions));
        var rows = networks.Select(row => (string[])
        [
            row.Key.Hidden.Name, row.Key.Output.Name, $"{row.Key.Loss}", row.Key.UsesClasses ? "classes" : "values", row.Key.Additions,
            .. row.OrderBy(r => r.Case.Depth).Select(
                r => string.Create(CultureInfo.InvariantCulture, $"{error(r):0.0E+00}{(passed(r) ? ' ' : '!')}")),
        ]);
        TextTable.Write(output, [header, .. rows]);
        output.WriteLine();
    }
}
