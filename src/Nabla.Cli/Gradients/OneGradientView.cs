using System.Globalization;
using Nabla.Reference;

namespace Nabla.Cli;

/// <summary>Writes the result for one network, layer by layer.</summary>
internal sealed class OneGradientView(TextWriter output) : IGradientView
{
    private static readonly string[] Header =
        ["layer", "parameters", "backpropagation", "differences", "error", "checked", "on kinks", ""];

    public void Checked(GradientResult result)
    {
        var (_, hidden, outputs, loss) = result.Case;
        string targets = result.Case.UsesClasses ? "classes" : "values";
        output.WriteLine($"{result.Case.Topology}, {hidden.Name}, {outputs.Name} outputs, {loss}, {targets} as targets");
        if (result.Case.Outputs == 1 && loss.OutputActivations[0] is { IsElementwise: false } constant)
            output.WriteLine($"Outputs are {outputs.Name}, because {constant.Name} of one output is always 1.");
        output.WriteLine();
        output.WriteLine("Backpropagation compared with central differences, by layer:");
        TextTable.Write(output, [Header, .. result.Numerical.Blocks.Select(Row)]);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Verdict(result)}: largest error {result.Numerical.LargestError:0.0E+00}, "
            + $"allowed {result.Numerical.Tolerance:0E+00}"));
        output.WriteLine();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Vectorized engine compared with the reference: {Verdict(result.EngineAgrees)}, "
            + $"error {result.EngineError:0.0E+00} of the gradient's norm, allowed {GradientResult.EngineTolerance:0E+00}"));
    }

    private static string Verdict(GradientResult result) =>
        result.Numerical.Differs ? "FAILED" : result.Numerical.Passed && result.HasGradient ? "passed" : "inconclusive";

    private static string Verdict(bool passed) => passed ? "passed" : "FAILED";

    private static string[] Row(GradientBlock block) =>
    [
        $"{block.Layer}",
        block.Name,
        block.BackpropagationNorm.ToString("0.000000E+00", CultureInfo.InvariantCulture),
        block.NumericalNorm.ToString("0.000000E+00", CultureInfo.InvariantCulture),
        block.RelativeError.ToString("0.0E+00", CultureInfo.InvariantCulture),
        $"{block.Checked}",
        $"{block.OnKink}",
        block.Checked == 0 ? "not compared" : block.Passes(GradientCheck.DefaultTolerance) ? "" : "differs",
    ];

    public void Done(IReadOnlyList<GradientResult> results)
    {
        if (results.Any(result => result.Numerical.Differs))
            output.WriteLine("This backpropagation does not compute the gradient of its cost.");
        else if (results.Any(result => !result.HasGradient))
        {
            output.WriteLine(
                "The gradient of a layer is zero by both methods, or was not compared, so nothing is proved: "
                + "try another --seed, more inputs or a larger --batch-size.");
        }
    }
}
