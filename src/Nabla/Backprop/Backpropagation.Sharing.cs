using Nabla.Kernels;

namespace Nabla;

/// <summary>How the threads share a step: by examples, each thread taking its own from the inputs to the errors, or, where that would mean packing many weights, by operation.</summary>
public sealed unsafe partial class Backpropagation
{
    // Up to so many weights, it is cheaper that each thread packs them for its own examples than that all meet after each operation.
    private const int MostPacked = 1 << 17;

    // More slices of the first layer's inputs cost more than they spare: each passes all examples.
    private const int MostSlices = 2;

    // So that what one part of the examples writes stays in cache.
    private const int MostExamplesOfAPart = 256;

    private enum Phase
    {
        Inputs,
        Floats,
        Examples,
        Top,
        Gradient,
        LayerGradient,
    }

    // The last layer is small as a rule, also where the others are not; the first, if it is the last too, needs all examples at once.
    private bool HasSmallTop => last > 0 && (long)topology.Inputs(last) * topology.Outputs(last) <= MostPacked;

    private void Share()
    {
        int exampleParts = Math.Min((examples + FirstLayer.Grain - 1) / FirstLayer.Grain, Math.Max(team.Threads, examples / MostExamplesOfAPart));
        if (first.SharesExamples)
            ShareExamples(exampleParts);
        else
            ShareOperations(exampleParts);
    }

    private void ShareExamples(int parts)
    {
        if (first.NeedsReading)
            Run(Phase.Floats, parts);
        if (first.SkipsZeros && !first.SharesInputs)
        {
            Run(Phase.Inputs, parts);
            ReadFloatsIfNeeded(parts);
        }
        Run(Phase.Examples, parts);
        ReadFloatsIfNeeded(parts);
        Run(Phase.Gradient, 1 + first.GradientParts(team.Threads));
    }

    private void ShareOperations(int exampleParts)
    {
        Run(Phase.Inputs, exampleParts);
        ReadFloatsIfNeeded(exampleParts);
        PassUp(team, 0, examples);
        if (HasSmallTop)
            Run(Phase.Top, exampleParts);
        else
            PassTop(team, 0, examples);
        PassDown(team, 0, examples);
        ReadFloatsIfNeeded(exampleParts);
        for (int layer = last; layer >= 0; layer--)
            Run(Phase.LayerGradient, layer == 0 ? first.GradientParts(team.Threads) : team.Threads, layer);
        BiasGradients(team);
    }

    private void ReadFloatsIfNeeded(int parts)
    {
        if (first.NeedsFloats)
            Run(Phase.Floats, parts);
    }

    private void Run(Phase phase, int parts, int layer = 0)
    {
        var job = new Job(this, phase, layer);
        team.Run(ref job, Math.Min(parts, ThreadTeam.MaximumParts));
    }

    /// <summary>One part of what the threads do between two meetings.</summary>
    private void Execute(Phase phase, int layer, int part, int parts)
    {
        var alone = ThreadTeam.Of(1);
        var (start, end) = Partition.Range(examples, FirstLayer.Grain, part, parts);
        switch (phase)
        {
            case Phase.Inputs:
                first.Read(start, end - start);
                first.PrepareWeights(part, parts);
                break;
            case Phase.Floats:
                first.ReadFloats(start, end - start);
                break;
            case Phase.Examples:
                if (first.SharesInputs)
                    PassSlices(part, parts, start, end);
                else if (!first.SkipsZeros)
                    first.Read(start, end - start);
                Pass(alone, start, end - start);
                break;
            case Phase.Top:
                PassTop(alone, start, end - start);
                break;
            case Phase.Gradient when part == 0:
                // What is left besides the first layer's weights is little: one part.
                for (int upper = last; upper > 0; upper--)
                    WeightGradient(upper, 0, 1);
                BiasGradients(alone);
                break;
            case Phase.Gradient:
                WeightGradient(layer, part - 1, parts - 1);
                break;
            case Phase.LayerGradient:
                WeightGradient(layer, part, parts);
                break;
        }
    }

    private void PassSlices(int part, int parts, int start, int end)
    {
        first.PassSlices(part, parts, end, workspace.Activations(0, 0, examples));
        if (first.NeedsFloats)
            first.ReadFloats(start, end - start);
    }

    private readonly struct Job(Backpropagation owner, Phase phase, int layer) : IParallelJob
    {
        public void Execute(int part, int parts) => owner.Execute(phase, layer, part, parts);
    }
}
