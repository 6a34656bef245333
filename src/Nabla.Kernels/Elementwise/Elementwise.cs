using System.Runtime.CompilerServices;

namespace Nabla.Kernels;

/// <summary>Applies functions to spans, element by element. Every width gives the same bits.</summary>
/// <remarks>
/// The destination may be one of the sources, but must not overlap one otherwise. Each method has an overload with an explicit width,
/// which the processor must support: tests compare the widths with each other.
/// </remarks>
internal static class Elementwise
{
    /// <summary>destination = f(source).</summary>
    /// <param name="source">[n]</param>
    /// <param name="destination">[n]; may be the source.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, or a source overlaps the destination without being the same span.
    /// </exception>
    public static void Apply<TOperation>(ReadOnlySpan<float> source, Span<float> destination) where TOperation : struct, IUnaryOperation =>
        Apply<TOperation>(KernelChoice.Width, source, destination);

    /// <inheritdoc cref="Apply{TOperation}(ReadOnlySpan{float}, Span{float})"/>
    internal static void Apply<TOperation>(KernelWidth width, ReadOnlySpan<float> source, Span<float> destination)
        where TOperation : struct, IUnaryOperation =>
        Run(width, default(Unary<TOperation>), source, [], [], destination);

    /// <summary>destination = f(x, y), at a width.</summary>
    internal static void Combine<TOperation>(KernelWidth width, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> destination)
        where TOperation : struct, IBinaryOperation =>
        Run(width, default(Binary<TOperation>), x, y, [], destination);

    /// <summary>Multiplies each value by a factor, in place.</summary>
    /// <param name="factor">Any float.</param>
    /// <param name="values">[n]</param>
    public static void Scale(float factor, Span<float> values) => Scale(KernelChoice.Width, factor, values);

    /// <inheritdoc cref="Scale(float, Span{float})"/>
    internal static void Scale(KernelWidth width, float factor, Span<float> values) =>
        Run(width, new Product(factor), values, [], [], values);

    /// <summary>Limits each value to a magnitude, in place. What is not a number stays so.</summary>
    /// <param name="most">The largest magnitude, above 0.</param>
    /// <param name="values">[n]</param>
    public static void Limit(float most, Span<float> values) => Limit(KernelChoice.Width, most, values);

    /// <inheritdoc cref="Limit(float, Span{float})"/>
    internal static void Limit(KernelWidth width, float most, Span<float> values) =>
        Run(width, new Limited(most), values, [], [], values);

    /// <summary>destination = f(x, y, z).</summary>
    /// <param name="f">The function.</param>
    /// <param name="x">[n]</param>
    /// <param name="y">[n]; not read if the function has one operand.</param>
    /// <param name="z">[n]; not read if the function has fewer than three operands.</param>
    /// <param name="destination">[n]; may be any of the sources.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, or a source overlaps the destination without being the same span.
    /// </exception>
    public static void Apply<TFunction>(
        TFunction f, ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> z, Span<float> destination)
        where TFunction : struct, IElementwiseFunction =>
        Run(KernelChoice.Width, f, x, y, z, destination);

    /// <summary>destination = x * y.</summary>
    /// <param name="x">[n]</param>
    /// <param name="y">[n]</param>
    /// <param name="destination">[n]; may be one of the sources.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, or a source overlaps the destination without being the same span.
    /// </exception>
    public static void Multiply(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> destination) =>
        Multiply(KernelChoice.Width, x, y, destination);

    /// <inheritdoc cref="Multiply(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>
    internal static void Multiply(KernelWidth width, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> destination) =>
        Run(width, default(ProductOfTwo), x, y, [], destination);

    /// <summary>destination = x + y.</summary>
    /// <inheritdoc cref="Multiply(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>
    public static void Add(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> destination) =>
        Add(KernelChoice.Width, x, y, destination);

    /// <inheritdoc cref="Add(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>
    internal static void Add(KernelWidth width, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> destination) =>
        Run(width, default(SumOfTwo), x, y, [], destination);

    /// <summary>destination = f(source), for an activation with its parameters.</summary>
    /// <param name="f">The activation.</param>
    /// <param name="source">[n] z.</param>
    /// <param name="destination">[n] a; may be the source.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, or a source overlaps the destination without being the same span.
    /// </exception>
    public static void Activate<TActivation>(TActivation f, ReadOnlySpan<float> source, Span<float> destination)
        where TActivation : struct, IActivation =>
        Activate(KernelChoice.Width, f, source, destination);

    /// <inheritdoc cref="Activate{TActivation}(TActivation, ReadOnlySpan{float}, Span{float})"/>
    internal static void Activate<TActivation>(KernelWidth width, TActivation f, ReadOnlySpan<float> source, Span<float> destination)
        where TActivation : struct, IActivation =>
        Run(width, new ActivationValue<TActivation>(f), source, [], [], destination);

    /// <summary>delta = upstream * f'(z).</summary>
    /// <param name="f">The activation.</param>
    /// <param name="upstream">[n] derivative of the cost with respect to a.</param>
    /// <param name="z">[n]; not read, and may be empty, unless <see cref="IActivation.DerivativeNeedsInput"/>.</param>
    /// <param name="a">[n] f(z).</param>
    /// <param name="delta">[n] derivative of the cost with respect to z; may be any of the sources.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, or a source overlaps the destination without being the same span.
    /// </exception>
    public static void Backward<TActivation>(
        TActivation f, ReadOnlySpan<float> upstream, ReadOnlySpan<float> z, ReadOnlySpan<float> a, Span<float> delta)
        where TActivation : struct, IActivation =>
        Backward(KernelChoice.Width, f, upstream, z, a, delta);

    /// <inheritdoc cref="Backward{TActivation}(TActivation, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>
    internal static void Backward<TActivation>(
        KernelWidth width, TActivation f, ReadOnlySpan<float> upstream, ReadOnlySpan<float> z, ReadOnlySpan<float> a, Span<float> delta)
        where TActivation : struct, IActivation =>
        Run(width, new TimesDerivative<TActivation>(f), upstream, a, z, delta);

    private static void Run<TFunction>(
        KernelWidth width, TFunction f, ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> z, Span<float> destination)
        where TFunction : struct, IElementwiseFunction
    {
        CheckShape(x, destination);
        if (TFunction.Operands > 1)
            CheckShape(y, destination);
        if (TFunction.Operands > 2)
            CheckShape(z, destination);
        var loop = new ElementwiseLoop<TFunction>(f, x, y, z, destination);
        WidthDispatch.Run(width, ref loop);
    }

    private static void CheckShape(ReadOnlySpan<float> source, Span<float> destination)
    {
        if (source.Length != destination.Length)
            throw new ArgumentException($"A source has {source.Length} elements, but the destination has {destination.Length}.");
        Overlap.RequireSameOrApart(source, destination);
    }

    private readonly struct Unary<TOperation> : IElementwiseFunction where TOperation : struct, IUnaryOperation
    {
        public static int Operands => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<L, V>(V x, V y, V z) where L : struct, ILanes<V> where V : struct => TOperation.Apply<L, V>(x);
    }

    private readonly struct Binary<TOperation> : IElementwiseFunction where TOperation : struct, IBinaryOperation
    {
        public static int Operands => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<L, V>(V x, V y, V z) where L : struct, ILanes<V> where V : struct => TOperation.Apply<L, V>(x, y);
    }

    private readonly struct Product(float factor) : IElementwiseFunction
    {
        public static int Operands => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<L, V>(V x, V y, V z) where L : struct, ILanes<V> where V : struct => L.Multiply(x, L.Broadcast(factor));
    }

    private readonly struct Limited(float most) : IElementwiseFunction
    {
        public static int Operands => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<L, V>(V x, V y, V z) where L : struct, ILanes<V> where V : struct => Signs.Limit<L, V>(x, most);
    }

    private readonly struct ProductOfTwo : IElementwiseFunction
    {
        public static int Operands => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<L, V>(V x, V y, V z) where L : struct, ILanes<V> where V : struct => L.Multiply(x, y);
    }

    private readonly struct SumOfTwo : IElementwiseFunction
    {
        public static int Operands => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<L, V>(V x, V y, V z) where L : struct, ILanes<V> where V : struct => L.Add(x, y);
    }

    private readonly struct ActivationValue<TActivation>(TActivation f) : IElementwiseFunction where TActivation : struct, IActivation
    {
        public static int Operands => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<L, V>(V x, V y, V z) where L : struct, ILanes<V> where V : struct => f.Value<L, V>(x);
    }

    /// <summary>x f'(z), where y = f(z). Without a third operand z is y.</summary>
    private readonly struct TimesDerivative<TActivation>(TActivation f) : IElementwiseFunction where TActivation : struct, IActivation
    {
        public static int Operands => TActivation.DerivativeNeedsInput ? 3 : 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<L, V>(V x, V y, V z) where L : struct, ILanes<V> where V : struct => L.Multiply(x, f.Derivative<L, V>(z, y));
    }
}
