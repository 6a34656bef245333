using System.Runtime.InteropServices;
using Nabla.Kernels;

namespace Nabla;

/// <summary>The one loop over parameters that every optimizer runs in.</summary>
/// <param name="gradient">[n]</param>
/// <param name="parameters">[n], updated in place.</param>
/// <param name="first">[n], updated in place; empty if nothing is remembered.</param>
/// <param name="second">[n], or empty if fewer than two numbers are remembered for each parameter.</param>
/// <param name="third">[n], or empty if fewer than three are.</param>
internal readonly ref struct UpdateLoop(
    ReadOnlySpan<float> gradient, Span<float> parameters, Span<float> first, Span<float> second, Span<float> third)
{
    private readonly ref readonly float gradient = ref MemoryMarshal.GetReference(gradient);
    private readonly ref float parameters = ref MemoryMarshal.GetReference(parameters);
    private readonly ref float first = ref MemoryMarshal.GetReference(first);
    private readonly ref float second = ref MemoryMarshal.GetReference(second);
    private readonly ref float third = ref MemoryMarshal.GetReference(third);
    private readonly int length = RequireLength(gradient.Length, parameters.Length);
    private readonly int memories = Remembered(parameters.Length, first, second, third);

    /// <summary>Processes whole vectors, starting at a parameter.</summary>
    /// <returns>The first parameter that is not processed.</returns>
    public int RunFrom<L, V, TLanes>(TLanes step, int start)
        where L : struct, ILanes<V>
        where V : unmanaged
        where TLanes : struct, IUpdateLanes<V>
    {
        if (TLanes.Memories > memories)
        {
            throw new InvalidOperationException(
                $"{TLanes.Memories} numbers are remembered for each parameter, and there is room for {memories}.");
        }
        ref readonly float g = ref gradient;
        ref float w = ref parameters, m1 = ref first, m2 = ref second, m3 = ref third;
        int i = start, last = length - L.Count;
        for (; i <= last; i += L.Count)
        {
            var at = (nuint)i;
            V one = TLanes.Memories > 0 ? L.Load(in m1, at) : default;
            V two = TLanes.Memories > 1 ? L.Load(in m2, at) : default;
            V three = TLanes.Memories > 2 ? L.Load(in m3, at) : default;
            V moved = step.Apply(L.Load(in w, at), L.Load(in g, at), ref one, ref two, ref three);
            if (TLanes.Memories > 0)
                L.Store(one, ref m1, at);
            if (TLanes.Memories > 1)
                L.Store(two, ref m2, at);
            if (TLanes.Memories > 2)
                L.Store(three, ref m3, at);
            L.Store(moved, ref w, at);
        }
        return i;
    }

    // Loads and stores are not bounds-checked.
    private static int RequireLength(int gradient, int parameters) => gradient == parameters
        ? parameters
        : throw new ArgumentException($"There are {gradient} numbers of a gradient, and {parameters} parameters.");

    private static int Remembered(int length, ReadOnlySpan<float> first, ReadOnlySpan<float> second, ReadOnlySpan<float> third) =>
        first.Length != length ? 0 : second.Length != length ? 1 : third.Length != length ? 2 : 3;
}
