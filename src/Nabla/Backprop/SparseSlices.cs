using Nabla.Kernels;

namespace Nabla;

/// <summary>The inputs of the first layer where most are zero, all in one slice or one slice a thread, and what the slices share.</summary>
/// <remarks>
/// In slices, an input's values, weights and gradient stay with one thread, and what another needs of them are the sums that it goes on with: one chain goes through all
/// slices. While one thread passes a slice for some examples, another passes the next slice for the examples before them.
/// </remarks>
internal sealed unsafe class SparseSlices
{
    // The most parts of the gradient for each thread: some have more zeros than others.
    private const int PartsPerThread = 8;

    // After so many examples, the next slice hears of it.
    private const int Stretch = SparseProduct.GroupLines;

    private readonly SparseInputs[] slices;
    private readonly Relay relay;
    private readonly AlignedArray<float> table = new(256);
    private readonly AlignedArray<float> delta;
    private readonly int inputs;
    private readonly int outputs;

    // The batch at hand.
    private BatchInputs? source;
    private int examples;

    /// <param name="inputs">Inputs of the layer.</param>
    /// <param name="outputs">Outputs of the layer.</param>
    /// <param name="capacity">The most examples in a batch.</param>
    /// <param name="count">Slices, at least 1.</param>
    public SparseSlices(int inputs, int outputs, int capacity, int count)
    {
        this.inputs = inputs;
        this.outputs = outputs;
        delta = new AlignedArray<float>(SparseProduct.PackedLength(capacity, outputs));
        relay = new Relay(count);
        slices = new SparseInputs[count];
        for (int slice = 0; slice < count; slice++)
        {
            int start = Boundary(slice, count), end = Boundary(slice + 1, count);
            slices[slice] = new SparseInputs(start, end - start, inputs, outputs, capacity, passesOn: slice < count - 1);
        }
    }

    /// <summary>Begins a batch.</summary>
    /// <param name="source">The batch, if its inputs are still to be read as bytes.</param>
    /// <param name="valuesOfBytes">What each of the 256 bytes then stands for; 0 stands for 0. Else empty.</param>
    /// <param name="floats">[examples, inputs], if they are floats.</param>
    /// <param name="examples">Up to the capacity.</param>
    public void Begin(BatchInputs? source, ReadOnlySpan<float> valuesOfBytes, float* floats, int examples)
    {
        this.source = source;
        this.examples = examples;
        valuesOfBytes.CopyTo(table.Span);
        foreach (var slice in slices)
            slice.Begin(floats, valuesOfBytes.Length > 0 ? table.Pointer : null, examples);
        relay.Begin();
    }

    /// <summary>Looks where some examples are not zero, in all slices; bytes are read on the way.</summary>
    /// <param name="start">The first of the examples, a multiple of four.</param>
    /// <param name="count">Examples.</param>
    /// <returns>How many inputs are not zero.</returns>
    public long Mark(int start, int count)
    {
        long found = 0;
        foreach (var slice in slices)
            found += slice.Mark(source, start, count);
        return found;
    }

    /// <summary>Packs the weights of some inputs, all in one slice.</summary>
    /// <param name="weights">[inputs, outputs]</param>
    /// <param name="start">Where the inputs begin.</param>
    /// <param name="end">Where they end.</param>
    /// <param name="firstOutput">Where the outputs begin, a multiple of <see cref="SparseProduct.WidestStrip"/>.</param>
    /// <param name="endOutput">Where they end.</param>
    /// <returns>Whether they are finite.</returns>
    public bool PackWeights(float* weights, int start, int end, int firstOutput, int endOutput) =>
        start == end || Of(start).PackWeights(weights, start, end, firstOutput, endOutput);

    /// <summary>z = b + x w for some examples and outputs, where there is one slice, marked and its weights packed.</summary>
    /// <param name="biases">[outputs]</param>
    /// <param name="start">The first of the examples, a multiple of four.</param>
    /// <param name="count">Examples.</param>
    /// <param name="firstOutput">A multiple of <see cref="SparseProduct.WidestStrip"/>.</param>
    /// <param name="endOutput">Where the outputs end.</param>
    /// <param name="z">[count, outputs]</param>
    public void Forward(float* biases, int start, int count, int firstOutput, int endOutput, float* z) =>
        slices[0].Forward(biases, 0, start, count, firstOutput, endOutput, z, outputs);

    /// <summary>z = b + x w: passes the slices that nobody has begun, and returns once z of some examples is there. Several threads may do so at once.</summary>
    /// <param name="part">Which of the callers this is.</param>
    /// <param name="parts">How many there are.</param>
    /// <param name="end">The examples before this one are waited for.</param>
    /// <param name="weights">[inputs, outputs]</param>
    /// <param name="biases">[outputs]</param>
    /// <param name="z">[all examples, outputs]</param>
    /// <param name="notFinite">Set if weights are not finite, and z without meaning.</param>
    /// <returns>How many inputs are not zero in the slices passed here.</returns>
    public long Pass(int part, int parts, int end, float* weights, float* biases, float* z, ref bool notFinite)
    {
        // One's own first: it is in one's cache.
        int own = part * slices.Length / parts;
        long found = relay.TryTake(own) ? Pass(own, weights, biases, z, ref notFinite) : 0;
        for (int slice = 0; slice < slices.Length; slice++)
            found += relay.TryTake(slice) ? Pass(slice, weights, biases, z, ref notFinite) : 0;
        relay.WaitFor(slices.Length - 1, end);
        return found;
    }

    /// <summary>Packs the errors of some examples for the gradient.</summary>
    /// <param name="errors">[count, outputs]</param>
    /// <param name="start">The first of the examples.</param>
    /// <param name="count">Examples.</param>
    /// <returns>Whether they are finite.</returns>
    public bool PackDelta(float* errors, int start, int count) =>
        SparseProduct.Pack(errors - start * (nint)outputs, outputs, outputs, examples, start, start + count, delta.Pointer);

    /// <summary>Into how many parts to cut the gradient for so many threads.</summary>
    public int GradientParts(int threads) =>
        slices.Length * Math.Min(NonZeros.Words(slices[0].Count), PartsPerThread * Math.Max(1, threads / slices.Length));

    /// <summary>Which inputs' weights make up one of these parts.</summary>
    public (int Start, int End) GradientInputs(int part, int parts)
    {
        int partsOfSlice = parts / slices.Length;
        var slice = slices[part / partsOfSlice];
        var (start, end) = Partition.Range(slice.Count, SparseInputs.InputsOfAWord, part % partsOfSlice, partsOfSlice);
        return (slice.First + start, slice.First + end);
    }

    /// <summary>nabla_w = x^T delta for the inputs of one part.</summary>
    /// <param name="start">Where the inputs begin.</param>
    /// <param name="end">Where they end.</param>
    /// <param name="gradient">[end - start, outputs]</param>
    public void Gradient(int start, int end, float* gradient) => Of(start).Gradient(delta.Pointer, start, end, gradient);

    private long Pass(int slice, float* weights, float* biases, float* z, ref bool notFinite)
    {
        var own = slices[slice];
        var before = slice > 0 ? slices[slice - 1] : null;
        bool isLast = slice == slices.Length - 1;
        long found = 0;
        try
        {
            if (!own.PackWeights(weights, own.First, own.End, 0, outputs))
                Volatile.Write(ref notFinite, true);
            for (int start = 0; start < examples; start += Stretch)
            {
                int count = Math.Min(Stretch, examples - start);
                found += own.Mark(source, start, count);
                if (before is not null)
                    relay.WaitFor(slice - 1, start + count);
                own.Forward(
                    before is null ? biases : before.Sums(start), before?.SumsStride ?? 0, start, count, 0, outputs,
                    isLast ? z + start * (nint)outputs : own.Sums(start), isLast ? outputs : own.SumsStride);
                relay.Reached(slice, start + count);
            }
        }
        finally
        {
            // Nobody shall wait for a slice that failed.
            relay.Reached(slice, examples);
        }
        return found;
    }

    private SparseInputs Of(int input)
    {
        int slice = 0;
        while (slices[slice].End <= input)
            slice++;
        return slices[slice];
    }

    // Slices begin at cache lines of floats; what cannot be cut evenly goes to the first, which waits for nobody.
    private int Boundary(int slice, int count) => (int)Math.Min(inputs, ((long)inputs * slice / count + Cache.LineLength - 1) / Cache.LineLength * Cache.LineLength);
}
