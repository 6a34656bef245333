namespace Nabla;

/// <summary>Each thread takes its own examples from the inputs to the errors; then all share the gradient.</summary>
/// <remarks>For networks so small that each thread may pack the weights for itself.</remarks>
internal sealed class ExamplesPlan(InputLayer input, LayerPasses passes) : StepPlan(input, passes)
{
    public override bool Run(in Batch batch)
    {
        Input.Begin(batch);
        if (Input.PacksWeights)
            Share(batch, Phase.Weights, batch.Team.Threads);
        Share(batch, Phase.Examples, ExampleParts(batch));
        if (!Input.IsValid)
            return false;
        Share(batch, Phase.Gradient, 1 + Input.GradientParts(batch.Team.Threads));
        return true;
    }

    protected override void Execute(in Batch batch, Phase phase, int layer, int part, int parts)
    {
        switch (phase)
        {
            case Phase.Weights:
                Input.PackWeights(part, parts);
                break;
            case Phase.Examples:
                var (start, count) = ExamplesOf(batch, part, parts);
                Input.Read(batch, start, count);
                Passes.Forward(batch, Input, Alone, 0, start, count);
                PassUpperLayers(batch, start, count);
                break;
            case Phase.Gradient:
                GradientPart(batch, part, parts);
                break;
        }
    }
}
