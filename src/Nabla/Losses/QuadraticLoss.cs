using System.Runtime.Intrinsics;
using Nabla.Kernels;

namespace Nabla;

/// <summary>|a - y|^2 / 2 with any activation that works on each output by itself; delta = (a - y) f'(z).</summary>
internal sealed record QuadraticLoss() : Loss("quadratic", "half the squared distance between outputs and targets, the notebook's cost")
{
    public override IReadOnlyList<Activation> OutputActivations => Activation.Elementwise;

    public override bool TakesValues => true;

    // Values have no bounds; what stands for a class has.
    internal override Activation DefaultOutput(bool classes) => classes ? Activation.Sigmoid : Activation.Identity;

    internal override bool Takes(Activation output) => output.IsElementwise;

    private protected override OutputLoss Create(Activation output) => output.Use(new UnitFactory());

    private readonly struct UnitFactory : IActivationUser<OutputLoss>
    {
        public OutputLoss UseElementwise<TActivation>(TActivation function)
            where TActivation : struct, IActivation => new Unit<TActivation>(function);

        public OutputLoss UseSoftmax() => throw new InvalidOperationException("Softmax does not work on each output by itself.");
    }

    private sealed class Unit<TActivation>(TActivation f) : OutputLoss
        where TActivation : struct, IActivation
    {
        private protected override void ComputeLossesAndDelta(
            in TargetBatch targets, int outputs, float scale, Span<float> z, Span<float> spare, Span<double> losses)
        {
            // a takes the place of z, unless the derivative needs both.
            var a = TActivation.DerivativeNeedsInput ? spare[z.Length..] : z;
            Elementwise.Activate(f, z, a);
            HalfSquaredDistances(a, targets, outputs, losses);
            var error = spare[..z.Length];
            a.CopyTo(error);
            SubtractTargets(targets, outputs, scale, error);
            Elementwise.Backward(f, error, z, a, z);
        }

        private protected override void ComputeLosses(
            ReadOnlySpan<float> z, in TargetBatch targets, int outputs, Span<float> spare, Span<double> losses)
        {
            var a = spare[..z.Length];
            Elementwise.Activate(f, z, a);
            HalfSquaredDistances(a, targets, outputs, losses);
        }

        private static void HalfSquaredDistances(ReadOnlySpan<float> a, in TargetBatch targets, int outputs, Span<double> losses)
        {
            var labels = targets.Labels;
            for (int example = 0; example < labels.Length; example++)
                losses[example] = HalfSquaredDistance(a.Slice(example * outputs, outputs), labels[example]);
            var values = targets.Values;
            for (int start = 0; start < values.Length; start += outputs)
                losses[start / outputs] = HalfSquaredDistance(a.Slice(start, outputs), values.Slice(start, outputs));
        }

        private static double HalfSquaredDistance(ReadOnlySpan<float> a, int label)
        {
            double sum = 0;
            for (int output = 0; output < a.Length; output++)
            {
                // A number, not a branch: where the label stands cannot be predicted.
                int target = output == label ? 1 : 0;
                double difference = Widen(a[output]) - target;
                sum += difference * difference;
            }
            return sum / 2;
        }

        private static double HalfSquaredDistance(ReadOnlySpan<float> a, ReadOnlySpan<float> targets)
        {
            double sum = 0;
            for (int output = 0; output < a.Length; output++)
            {
                double difference = Widen(a[output]) - Widen(targets[output]);
                sum += difference * difference;
            }
            return sum / 2;
        }

        /// <summary>
        /// The same number. A cast compiles to an instruction that first waits for what its register was used for before.
        /// </summary>
        private static double Widen(float value) => Vector128.WidenLower(Vector128.CreateScalar(value)).ToScalar();
    }
}
