using System.Runtime.Intrinsics;
using Nabla.Kernels;

namespace Nabla;

/// <summary>|a - y|^2 / 2 with an activation that works on each output by itself; delta = (a - y) f'(z).</summary>
internal sealed class QuadraticLoss<TActivation> : OutputLoss
    where TActivation : struct, IActivation
{
    public override void Activate(Span<float> z, int outputs) => Elementwise.Activate(default(TActivation), z, z);

    public override void LossesAndDelta(ReadOnlySpan<int> labels, int outputs, float scale, Span<float> z, Span<float> spare, Span<double> losses)
    {
        Activate(z, outputs);
        HalfSquaredDistances(z, labels, outputs, losses);
        z.CopyTo(spare);
        SubtractTargets(labels, outputs, scale, spare);
        Elementwise.Backward(default(TActivation), spare, [], z, z);
    }

    public override void Losses(ReadOnlySpan<float> z, ReadOnlySpan<int> labels, int outputs, Span<float> spare, Span<double> losses)
    {
        Elementwise.Activate(default(TActivation), z, spare);
        HalfSquaredDistances(spare, labels, outputs, losses);
    }

    private static void HalfSquaredDistances(ReadOnlySpan<float> a, ReadOnlySpan<int> labels, int outputs, Span<double> losses)
    {
        for (int example = 0; example < labels.Length; example++)
        {
            var outputsOfExample = a.Slice(example * outputs, outputs);
            int label = labels[example];
            double sum = 0;
            for (int output = 0; output < outputsOfExample.Length; output++)
            {
                // A number, not a branch: where the label stands cannot be foretold.
                int target = output == label ? 1 : 0;
                double difference = Widen(outputsOfExample[output]) - target;
                sum += difference * difference;
            }
            losses[example] = sum / 2;
        }
    }

    /// <summary>The same number. A cast compiles to an instruction that first waits for what its register was used for before.</summary>
    private static double Widen(float value) => Vector128.WidenLower(Vector128.CreateScalar(value)).ToScalar();
}
