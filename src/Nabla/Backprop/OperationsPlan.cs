using Nabla.Kernels;

namespace Nabla;

/// <summary>All threads share one operation after another: each product is cut by its outputs.</summary>
/// <remarks>For networks so large that packing the weights in each thread would cost more than meeting after each operation.</remarks>
/// <param name="input">The layer that meets the data.</param>
/// <param name="passes">The passes through single layers.</param>
/// <param name="hasSmallTop">Whether the last layer is so small that each thread takes its own examples through it.</param>
internal sealed class OperationsPlan(InputLayer input, LayerPasses passes, bool hasSmallTop) : StepPlan(input, passes)
{
    public override bool Run(in Batch batch)
    {
        ThreadTeam team = batch.Team;
        int last = Passes.Last, examples = batch.Examples, exampleParts = ExampleParts(batch);
        Input.Begin(batch);
        Share(batch, Phase.Read, exampleParts);
        for (int layer = 0; layer < last; layer++)
            Passes.Forward(batch, Input, team, layer, 0, examples);
        if (hasSmallTop)
            Share(batch, Phase.Top, exampleParts);
        else
            PassTop(batch, team, 0, examples);
        for (int layer = last - 1; layer > 0; layer--)
            Passes.Backward(batch, team, layer, 0, examples);
        Input.PackErrors(batch, Passes.Workspace.Errors(0, 0, examples), 0, examples);
        if (!Input.IsValid)
            return false;
        for (int layer = last; layer >= 0; layer--)
            Share(batch, Phase.Gradient, layer == 0 ? Input.GradientParts(team.Threads) : team.Threads, layer);
        Passes.BiasGradients(batch, team);
        return true;
    }

    protected override void Execute(in Batch batch, Phase phase, int layer, int part, int parts)
    {
        var (start, count) = ExamplesOf(batch, part, parts);
        switch (phase)
        {
            case Phase.Read:
                Input.Read(batch, start, count);
                break;
            case Phase.Top:
                PassTop(batch, Alone, start, count);
                break;
            case Phase.Gradient:
                Passes.WeightGradient(batch, Input, layer, part, parts);
                break;
        }
    }

    /// <summary>Through the last layer to the losses, and back to delta of the layer below.</summary>
    private void PassTop(in Batch batch, ThreadTeam team, int start, int count)
    {
        Passes.Forward(batch, Input, team, Passes.Last, start, count);
        Passes.Loss(batch, start, count);
        if (Passes.Last > 0)
            Passes.Backward(batch, team, Passes.Last, start, count);
    }
}
