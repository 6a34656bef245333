using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Kernels;

namespace Nabla;

/// <summary>A loss of a - y with any activation that works on each output by itself; delta = L'(a - y) f'(z).</summary>
internal static class DifferenceUnit
{
    /// <summary>The output activations of a loss whose targets may be any values: identity first, then all others.</summary>
    public static IReadOnlyList<Activation> IdentityFirst { get; } =
        [Activation.Identity, .. Activation.Elementwise.Where(kind => kind != Activation.Identity)];

    /// <summary>Compiles a loss for an output activation.</summary>
    public static OutputLoss Create<TLoss>(TLoss loss, Activation output)
        where TLoss : struct, IDifferenceLoss => output.Use(new Factory<TLoss>(loss));

    private readonly struct Factory<TLoss>(TLoss loss) : IActivationUser<OutputLoss>
        where TLoss : struct, IDifferenceLoss
    {
        public OutputLoss UseElementwise<TActivation>(TActivation function)
            where TActivation : struct, IActivation => new Unit<TLoss, TActivation>(loss, function);

        public OutputLoss UseSoftmax() => throw new InvalidOperationException("Softmax does not work on each output by itself.");
    }

    private sealed class Unit<TLoss, TActivation>(TLoss loss, TActivation f) : OutputLoss
        where TLoss : struct, IDifferenceLoss
        where TActivation : struct, IActivation
    {
        private protected override void ComputeLossesAndDelta(
            in TargetBatch targets, int outputs, float scale, Span<float> z, Span<float> spare, Span<double> losses)
        {
            // a takes the place of z, unless the derivative needs both.
            var a = TActivation.DerivativeNeedsInput ? spare[z.Length..] : z;
            Elementwise.Activate(f, z, a);
            SumOverOutputs(a, targets, outputs, losses);
            var difference = spare[..z.Length];
            a.CopyTo(difference);
            SubtractTargets(targets, outputs, difference);
            int length = ExamplesOfOneScale(targets) * outputs;
            for (int start = 0; start < z.Length; start += length)
            {
                var delta = new Delta<TLoss, TActivation>(loss, f, ScaleOf(targets, start / outputs, scale));
                var part = z.Slice(start, length);
                Elementwise.Apply(delta, difference.Slice(start, length), a.Slice(start, length), part, part);
            }
        }

        private protected override void ComputeLosses(
            ReadOnlySpan<float> z, in TargetBatch targets, int outputs, Span<float> spare, Span<double> losses)
        {
            var a = spare[..z.Length];
            Elementwise.Activate(f, z, a);
            SumOverOutputs(a, targets, outputs, losses);
        }

        private void SumOverOutputs(ReadOnlySpan<float> a, in TargetBatch targets, int outputs, Span<double> losses)
        {
            var labels = targets.Labels;
            for (int example = 0; example < labels.Length; example++)
                losses[example] = Sum(a.Slice(example * outputs, outputs), labels[example]);
            var values = targets.Values;
            for (int start = 0; start < values.Length; start += outputs)
                losses[start / outputs] = Sum(a.Slice(start, outputs), values.Slice(start, outputs));
        }

        private double Sum(ReadOnlySpan<float> a, int label)
        {
            double sum = 0;
            for (int output = 0; output < a.Length; output++)
            {
                // A number, not a branch: where the label stands cannot be predicted.
                int target = output == label ? 1 : 0;
                sum += loss.Value(Widen(a[output]) - target);
            }
            return sum;
        }

        private double Sum(ReadOnlySpan<float> a, ReadOnlySpan<float> targets)
        {
            double sum = 0;
            for (int output = 0; output < a.Length; output++)
                sum += loss.Value(Widen(a[output]) - Widen(targets[output]));
            return sum;
        }

        /// <summary>
        /// The same number. A cast compiles to an instruction that first waits for what its register was used for before.
        /// </summary>
        private static double Widen(float value) => Vector128.WidenLower(Vector128.CreateScalar(value)).ToScalar();
    }

    /// <summary>L'(d) scale f'(z), of d, a and z.</summary>
    private readonly struct Delta<TLoss, TActivation>(TLoss loss, TActivation f, float scale) : IElementwiseFunction
        where TLoss : struct, IDifferenceLoss
        where TActivation : struct, IActivation
    {
        public static int Operands => TActivation.DerivativeNeedsInput ? 3 : 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<L, V>(V difference, V a, V z) where L : struct, ILanes<V> where V : struct =>
            L.Multiply(L.Multiply(loss.Derivative<L, V>(difference), L.Broadcast(scale)), f.Derivative<L, V>(z, a));
    }
}
