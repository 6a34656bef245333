using Nabla.Kernels;
using Nabla.Reference;

namespace Nabla.Tests;

/// <summary>
/// The reference network with every number on the way moved as a float's rounding may move it, up or down at random, and all arithmetic
/// still in double: parameters, inputs, activations and errors. How far the gradient moves is the network's own sensitivity, whatever
/// engine computes it: one that keeps these numbers as floats cannot be asked for less.
/// </summary>
internal sealed class RoundedReference
{
    private const int Draws = 3;

    private readonly ReferenceNetwork exact;
    private readonly ReferenceNetwork rounded;
    private readonly Rounding rounding;

    private RoundedReference(ReferenceNetwork exact, ulong seed)
    {
        this.exact = exact;
        rounding = new Rounding(seed);
        rounded = new ReferenceNetwork(
            exact.Sizes, [.. exact.HiddenActivations.Select(hidden => new RoundedActivation(hidden, rounding))],
            new RoundedCost(exact.Cost, rounding));
    }

    /// <summary>The farthest of three moves of the mean gradient, as a share of the gradient's norm.</summary>
    /// <param name="exact">The network.</param>
    /// <param name="batch">The examples.</param>
    /// <param name="gradient">The exact mean gradient.</param>
    /// <param name="seed">Decides which way each number is moved.</param>
    public static double Sensitivity(ReferenceNetwork exact, ReferenceBatch batch, ReadOnlySpan<double> gradient, ulong seed)
    {
        var reference = new RoundedReference(exact, seed);
        double farthest = 0;
        for (int draw = 0; draw < Draws; draw++)
            farthest = Math.Max(farthest, Relative.Distance(gradient, reference.Gradient(batch)));
        return farthest;
    }

    private ReadOnlySpan<double> Gradient(ReferenceBatch batch)
    {
        rounded.Parameters.CopyFrom(exact.Parameters.All);
        rounding.Move(rounded.Parameters.All);
        var nabla = new ReferenceParameters(exact.Sizes);
        var x = new double[exact.Sizes[0]];
        for (int i = 0; i < batch.Examples(exact); i++)
        {
            batch.X(exact, i).CopyTo(x);
            rounding.Move(x);
            batch.Backpropagate(rounded, i, x, nabla);
        }
        foreach (ref double sum in nabla.All)
            sum /= batch.Examples(exact);
        return nabla.All;
    }

    private sealed class Rounding(ulong seed)
    {
        // Half the distance between neighbours, for a number just above a power of two: the most that rounding moves a number, as a
        // share of it.
        private const double HalfUlp = 1.0 / (1 << 24);

        private RandomStream stream = new(seed, RandomPurpose.GradientCheck);

        public void Move(Span<double> values)
        {
            uint signs = 0;
            for (int i = 0; i < values.Length; i++, signs >>= 1)
            {
                if (i % 32 == 0)
                    signs = stream.NextUInt32();
                values[i] += (signs & 1) == 0 ? HalfUlp * values[i] : -HalfUlp * values[i];
            }
        }
    }

    private sealed class RoundedActivation(ReferenceActivation exact, Rounding rounding) : ReferenceActivation(exact.Name, exact.Kinks)
    {
        public override void Apply(ReadOnlySpan<double> z, Span<double> a)
        {
            exact.Apply(z, a);
            rounding.Move(a);
        }

        public override void TimesPrime(ReadOnlySpan<double> z, ReadOnlySpan<double> a, Span<double> delta)
        {
            exact.TimesPrime(z, a, delta);
            rounding.Move(delta);
        }
    }

    private sealed class RoundedCost(ReferenceCost exact, Rounding rounding)
        : ReferenceCost(exact.Name, exact.Kinks, exact.HasKinkAtTarget)
    {
        public override void Output(ReadOnlySpan<double> z, Span<double> a)
        {
            exact.Output(z, a);
            rounding.Move(a);
        }

        public override double Value(ReadOnlySpan<double> z, ReadOnlySpan<double> a, ReadOnlySpan<double> y) => exact.Value(z, a, y);

        public override void Delta(ReadOnlySpan<double> z, ReadOnlySpan<double> a, ReadOnlySpan<double> y, Span<double> delta)
        {
            exact.Delta(z, a, y, delta);
            rounding.Move(delta);
        }
    }
}
