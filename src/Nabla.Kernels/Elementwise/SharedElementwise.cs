namespace Nabla.Kernels;

/// <summary>The functions of <see cref="Elementwise"/>, with a long span shared among threads.</summary>
internal static class SharedElementwise
{
    /// <summary>destination = f(source).</summary>
    /// <param name="team">The threads that share the work.</param>
    /// <param name="source">[n]</param>
    /// <param name="destination">[n]; may be the source itself, but not overlap it otherwise.</param>
    public static unsafe void Apply<TOperation>(ThreadTeam team, ReadOnlySpan<float> source, Span<float> destination)
        where TOperation : struct, IUnaryOperation
    {
        Check(source.Length, destination.Length);
        fixed (float* from = source, to = destination)
            RangeJob<ApplyJob<TOperation>>.Run(team, new() { Source = from, Destination = to }, destination.Length, Partition.CacheLine, Partition.ElementsWorthAThread);
    }

    /// <summary>delta *= f'(z), with f' taken from a = f(z).</summary>
    /// <param name="team">The threads that share the work.</param>
    /// <param name="activations">[n] a.</param>
    /// <param name="delta">[n] derivative of the cost by a; becomes that by z.</param>
    public static unsafe void Backward<TActivation>(ThreadTeam team, ReadOnlySpan<float> activations, Span<float> delta)
        where TActivation : struct, IActivation
    {
        Check(activations.Length, delta.Length);
        fixed (float* a = activations, d = delta)
            RangeJob<BackwardJob<TActivation>>.Run(team, new() { Activations = a, Delta = d }, delta.Length, Partition.CacheLine, Partition.ElementsWorthAThread);
    }

    private static void Check(int source, int destination)
    {
        if (source != destination)
            throw new ArgumentException($"The source ({source} elements) and the destination ({destination}) differ in length.");
    }

    private unsafe struct ApplyJob<TOperation> : IRangeJob
        where TOperation : struct, IUnaryOperation
    {
        public float* Source, Destination;

        public readonly void Execute(int start, int end) =>
            Elementwise.Apply<TOperation>(new ReadOnlySpan<float>(Source + start, end - start), new Span<float>(Destination + start, end - start));
    }

    private unsafe struct BackwardJob<TActivation> : IRangeJob
        where TActivation : struct, IActivation
    {
        public float* Activations, Delta;

        public readonly void Execute(int start, int end)
        {
            var part = new Span<float>(Delta + start, end - start);
            Elementwise.Backward<TActivation>(part, new ReadOnlySpan<float>(Activations + start, end - start), part);
        }
    }
}
