using System.Globalization;

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
        output.WriteLine(result.Numerical.ToString().Replace("\r", "", StringComparison.Ordinal));
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Vectorized engine beside the reference: {(result.EngineAgrees ? "passed" : "FAILED")}, error {result.EngineError:E2} of the gradient's norm, allowed {GradientResult.EngineTolerance:E0}"));
    }

    public void Done(IReadOnlyList<GradientResult> results)
    {
        if (results.Any(result => !result.Numerical.Passed))
            output.WriteLine("This backpropagation does not compute the gradient of its cost.");
    }
}
