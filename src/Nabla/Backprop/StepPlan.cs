using Nabla.Kernels;

namespace Nabla;

/// <summary>A way to share one training step among threads: phases, between which all threads meet. The bits do not depend on it.</summary>
/// <remarks>docs/step.md draws the plans.</remarks>
internal abstract class StepPlan(InputLayer input, LayerPasses passes)
{
    // A large batch has a part for each so many examples, so that what one part writes stays in cache.
    private const int ExamplesOfAPart = 256;

    /// <summary>A thread alone, within a part.</summary>
    protected static ThreadTeam Alone => ThreadTeam.Of(1);

    /// <summary>The layer that meets the data.</summary>
    protected InputLayer Input => input;

    /// <summary>The passes through single layers.</summary>
    protected LayerPasses Passes => passes;

    /// <summary>Makes the step: losses, errors, gradient, and what is done with the gradient.</summary>
    /// <returns>False if the input layer cannot compute this batch; nothing has been done with the gradient then.</returns>
    public abstract bool Run(in Batch batch);

    /// <summary>One part of what the threads do in one phase.</summary>
    protected abstract void Execute(in Batch batch, Phase phase, int layer, int part, int parts);

    /// <summary>Shares one phase among the threads, and returns when its last part is done.</summary>
    protected void Share(in Batch batch, Phase phase, int parts, int layer = 0)
    {
        var job = new Job { Plan = this, Batch = batch, Phase = phase, Layer = layer };
        batch.Team.Run(ref job, Math.Min(parts, ThreadTeam.MaximumParts));
    }

    /// <summary>Into how many parts the examples are cut.</summary>
    protected static int ExampleParts(in Batch batch) => Math.Min(
        (batch.Examples + InputLayer.Grain - 1) / InputLayer.Grain, Math.Max(batch.Team.Threads, batch.Examples / ExamplesOfAPart));

    /// <summary>The examples of one part.</summary>
    protected static (int Start, int Count) ExamplesOf(in Batch batch, int part, int parts)
    {
        var (start, end) = Partition.Range(batch.Examples, InputLayer.Grain, part, parts);
        return (start, end - start);
    }

    /// <summary>From a of the first layer up to the losses, and down to delta of the first layer: some examples, one thread.</summary>
    protected void PassUpperLayers(in Batch batch, int start, int count)
    {
        for (int layer = 1; layer <= passes.Last; layer++)
            passes.Forward(batch, input, Alone, layer, start, count);
        passes.Loss(batch, start, count);
        for (int layer = passes.Last; layer > 0; layer--)
            passes.Backward(batch, Alone, layer, start, count);
        input.PackErrors(batch, passes.Workspace.Errors(0, start, count), start, count);
    }

    /// <summary>One part of the gradient: part 0 is all but the first layer's weights, which is little; the others share those.</summary>
    protected void GradientPart(in Batch batch, int part, int parts)
    {
        if (part > 0)
        {
            passes.WeightGradient(batch, input, 0, part - 1, parts - 1);
            return;
        }
        for (int layer = passes.Last; layer > 0; layer--)
            passes.WeightGradient(batch, input, layer, 0, 1);
        passes.BiasGradients(batch, Alone);
    }

    /// <summary>What the threads do between two meetings.</summary>
    protected enum Phase
    {
        /// <summary>Read inputs.</summary>
        Read,

        /// <summary>Pack the first layer's weights.</summary>
        Weights,

        /// <summary>Take some examples through the network and back.</summary>
        Examples,

        /// <summary>Take some examples through the last layer and back.</summary>
        Top,

        /// <summary>Compute the gradient.</summary>
        Gradient,
    }

    private struct Job : IParallelJob
    {
        public StepPlan Plan;
        public Batch Batch;
        public Phase Phase;
        public int Layer;

        public readonly void Execute(int part, int parts) => Plan.Execute(Batch, Phase, Layer, part, parts);
    }
}
