using Nabla.Kernels;

namespace Nabla;

/// <summary>|a - y|^2 / 2 with an activation that works on each output by itself; delta = (a - y) f'(z).</summary>
internal sealed class QuadraticLoss<TActivation> : OutputLoss
    where TActivation : struct, IActivation
{
    private Scratch<float> scratch;

    public override void Activate(Span<float> z, int outputs) => Elementwise.Apply<TActivation>(z, z);

    public override double LossAndDelta(ReadOnlySpan<int> labels, int outputs, float scale, Span<float> z)
    {
        var error = scratch.Take(z.Length);
        Activate(z, outputs);
        double loss = HalfSquaredDistances(z, labels, outputs);
        z.CopyTo(error);
        SubtractTargets(labels, outputs, scale, error);
        Elementwise.Backward<TActivation>(error, z, z);
        return loss;
    }

    public override double SumOfLosses(ReadOnlySpan<float> z, ReadOnlySpan<int> labels, int outputs)
    {
        var a = scratch.Take(z.Length);
        Elementwise.Apply<TActivation>(z, a);
        return HalfSquaredDistances(a, labels, outputs);
    }

    private static double HalfSquaredDistances(ReadOnlySpan<float> a, ReadOnlySpan<int> labels, int outputs)
    {
        double sum = 0;
        for (int example = 0; example < labels.Length; example++)
        {
            double distance = 0;
            for (int output = 0; output < outputs; output++)
            {
                double error = (double)a[example * outputs + output] - (output == labels[example] ? 1 : 0);
                distance += error * error;
            }
            sum += distance / 2;
        }
        return sum;
    }
}
