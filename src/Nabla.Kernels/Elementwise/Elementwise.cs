using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels;

/// <summary>Functions over spans, element by element. Every width gives the same bits.</summary>
/// <remarks>Sources and destination may be one and the same span. A width given explicitly must be one that the processor supports.</remarks>
internal static class Elementwise
{
    /// <summary>destination = f(source).</summary>
    /// <param name="source">[n]</param>
    /// <param name="destination">[n]; may be the source itself, but not overlap it otherwise.</param>
    public static void Apply<TOperation>(ReadOnlySpan<float> source, Span<float> destination) where TOperation : struct, IUnaryOperation =>
        Apply<TOperation>(KernelChoice.Width, source, destination);

    /// <summary>destination = upstream * f'(z), with f' taken from a = f(z).</summary>
    /// <param name="upstream">[n] derivative of the cost by a.</param>
    /// <param name="activations">[n] a.</param>
    /// <param name="delta">[n] derivative of the cost by z; may be either source itself.</param>
    public static void Backward<TActivation>(ReadOnlySpan<float> upstream, ReadOnlySpan<float> activations, Span<float> delta)
        where TActivation : struct, IActivation =>
        Backward<TActivation>(KernelChoice.Width, upstream, activations, delta);

    /// <summary>destination = f(x, y).</summary>
    /// <param name="x">[n]</param>
    /// <param name="y">[n]</param>
    /// <param name="destination">[n]; may be either source itself.</param>
    public static void Combine<TOperation>(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> destination)
        where TOperation : struct, IBinaryOperation =>
        Combine<TOperation>(KernelChoice.Width, x, y, destination);

    /// <summary>As above, at a width of the caller's choice: tests hold the widths against each other.</summary>
    internal static void Apply<TOperation>(KernelWidth width, ReadOnlySpan<float> source, Span<float> destination)
        where TOperation : struct, IUnaryOperation =>
        Combine<OfFirst<TOperation>>(width, source, source, destination);

    /// <summary>As above, at a width of the caller's choice: tests hold the widths against each other.</summary>
    internal static void Backward<TActivation>(KernelWidth width, ReadOnlySpan<float> upstream, ReadOnlySpan<float> activations, Span<float> delta)
        where TActivation : struct, IActivation =>
        Combine<TimesDerivative<TActivation>>(width, upstream, activations, delta);

    /// <summary>As above, at a width of the caller's choice: tests hold the widths against each other.</summary>
    internal static void Combine<TOperation>(KernelWidth width, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> destination)
        where TOperation : struct, IBinaryOperation
    {
        CheckShapes(x, y, destination);
        switch (width)
        {
            case KernelWidth.Vector512: ElementwiseLoop.Run<TOperation, Lanes512, Vector512<float>>(x, y, destination); break;
            case KernelWidth.Vector256: ElementwiseLoop.Run<TOperation, Lanes256, Vector256<float>>(x, y, destination); break;
            case KernelWidth.Vector128: ElementwiseLoop.Run<TOperation, Lanes128, Vector128<float>>(x, y, destination); break;
            default: ElementwiseLoop.Run<TOperation, ScalarLanes, float>(x, y, destination); break;
        }
    }

    private static void CheckShapes(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> destination)
    {
        if (x.Length != destination.Length || y.Length != destination.Length)
            throw new ArgumentException($"The sources ({x.Length} and {y.Length} elements) and the destination ({destination.Length}) differ in length.");
        // A destination shifted against its source would be overwritten before it is read, at some widths and not at others.
        if ((x.Overlaps(destination, out int shift) && shift != 0) || (y.Overlaps(destination, out shift) && shift != 0))
            throw new ArgumentException("A source overlaps the destination without being the same span.");
    }

    /// <summary>f(x), as a function of two operands of which the second is not looked at.</summary>
    private readonly struct OfFirst<TOperation> : IBinaryOperation where TOperation : struct, IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<L, V>(V x, V y) where L : struct, ILanes<V> where V : struct => TOperation.Apply<L, V>(x);
    }

    /// <summary>x f', with f' taken from y = f(z).</summary>
    private readonly struct TimesDerivative<TActivation> : IBinaryOperation where TActivation : struct, IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<L, V>(V x, V y) where L : struct, ILanes<V> where V : struct =>
            L.Multiply(x, TActivation.DerivativeFromValue<L, V>(y));
    }
}
