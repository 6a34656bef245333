namespace Nabla;

/// <summary>Each thread takes a slice of the inputs through the first layer for all examples, then its own examples further.</summary>
/// <remarks>
/// For inputs of mostly zeros and few threads: pixels, weights and gradient of a slice stay with one thread. While one thread passes a
/// slice for some examples, another passes the next slice for the examples before them (<see cref="SparseInputLayer.PassSlices"/>).
/// </remarks>
internal sealed class SlicesPlan(SparseInputLayer input, LayerPasses passes) : StepPlan(input, passes)
{
    public override unsafe bool Run(in Batch batch)
    {
        input.Begin(batch);
        // Bytes with a table of values are read on the way; all else is read first.
        if (batch.Source is not null && batch.ValuesOfBytes == null)
            Share(batch, Phase.Read, ExampleParts(batch));
        Share(batch, Phase.Examples, ExampleParts(batch));
        if (!input.IsValid)
            return false;
        Share(batch, Phase.Gradient, 1 + input.GradientParts(batch.Team.Threads));
        return true;
    }

    protected override void Execute(in Batch batch, Phase phase, int layer, int part, int parts)
    {
        var (start, count) = ExamplesOf(batch, part, parts);
        switch (phase)
        {
            case Phase.Read:
                input.ReadFloats(batch, start, count);
                break;
            case Phase.Examples:
                input.PassSlices(batch, part, parts, start + count, Passes.Workspace.WeightedInputs(0, 0, batch.Examples));
                Passes.ActivateFirst(batch, start, count);
                PassUpperLayers(batch, start, count);
                break;
            case Phase.Gradient:
                GradientPart(batch, part, parts);
                break;
        }
    }
}
