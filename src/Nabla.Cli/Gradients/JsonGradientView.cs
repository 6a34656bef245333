namespace Nabla.Cli;

/// <summary>Writes one JSON object for each network, and a last one with the overall result.</summary>
internal sealed class JsonGradientView(TextWriter output) : IGradientView
{
    public void Checked(GradientResult result) => JsonLine.Write(output, line => line
        .Text("event", "check")
        .Numbers("layers", result.Case.Sizes)
        .Text("activation", result.Case.Hidden.Name)
        .Text("output-activation", result.Case.Output.Name)
        .Text("loss", result.Case.Loss.Name)
        .Text("targets", result.Case.UsesClasses ? "classes" : "values")
        .Number("dropout", result.Case.Dropout)
        .Boolean("weights", result.Case.IsWeighted)
        .Boolean("clipping", result.Case.IsClipped)
        .Objects("blocks", result.Numerical.Blocks, (json, block) => json
            .Number("layer", block.Layer)
            .Text("block", block.Name)
            .Number("backpropagation", block.BackpropagationNorm)
            .Number("numerical", block.NumericalNorm)
            .Number("error", block.RelativeError)
            .Number("checked", block.Checked)
            .Number("kinks", block.OnKink))
        .Number("numerical-error", result.Numerical.LargestError)
        .Number("engine-error", result.EngineError)
        .Boolean("passed", result.Passed));

    public void Done(IReadOnlyList<GradientResult> results) => JsonLine.Write(output, line => line
        .Text("event", "done")
        .Number("checks", results.Count)
        .Number("failures", results.Count(result => !result.Passed))
        .Boolean("passed", results.All(result => result.Passed)));
}
