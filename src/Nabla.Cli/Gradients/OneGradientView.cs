using System.Globalization;
using Nabla.Reference;

namespace Nabla.Cli;

/// <summary>One network, layer by layer.</summary>
internal sealed class OneGradientView(TextWriter output) : IGradientView
{
    public void Checked(GradientResult result)
    {
        var checkedCase = result.Case;
        output.WriteLine(
            $"{string.Join('-', checkedCase.Sizes)}, {OptionNames.Of(checkedCase.Hidden)}, {OptionNames.Of(checkedCase.Output)} outputs, {OptionNames.Of(checkedCase.Loss)}");
        output.WriteLine();
        output.WriteLine("Backpropagation beside central differences, by layer:");
        TextTable.Write(output, [["layer", "parameters", "backpropagation", "differences", "error", "checked", "on kinks", ""], .. result.Numerical.Blocks.Select(Row)]);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{(result.Numerical.Passed && result.IsAlive ? "passed" : "FAILED")}: largest error {result.Numerical.LargestError:0.0E+00}, allowed {result.Numerical.Tolerance:0E+00}"));
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Vectorized engine beside the reference: {(result.EngineAgrees ? "passed" : "FAILED")}, error {result.EngineError:0.0E+00} of the gradient's norm, allowed {GradientResult.EngineTolerance:0E+00}"));
    }

    private static string[] Row(GradientBlock block) =>
    [
        $"{block.Layer}",
        block.Name,
        block.BackpropagationNorm.ToString("0.000000E+00", CultureInfo.InvariantCulture),
        block.NumericalNorm.ToString("0.000000E+00", CultureInfo.InvariantCulture),
        block.RelativeError.ToString("0.0E+00", CultureInfo.InvariantCulture),
        $"{block.Checked}",
        $"{block.OnKink}",
        block.Passes(GradientCheck.DefaultTolerance) ? "" : "differs",
    ];

    public void Done(IReadOnlyList<GradientResult> results)
    {
        if (results.Any(result => !result.Numerical.Passed))
            output.WriteLine("This backpropagation does not compute the gradient of its cost.");
        else if (results.Any(result => !result.IsAlive))
            output.WriteLine("A layer's gradient is zero by either way, and two zeros agree about nothing: try another --seed, more inputs or a larger --batch-size.");
    }
}
