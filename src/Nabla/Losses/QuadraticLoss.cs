using Nabla.Kernels;

namespace Nabla;

/// <summary>|a - y|^2 / 2 with an activation that works on each output by itself; delta = (a - y) f'(z).</summary>
internal sealed class QuadraticLoss<TActivation> : OutputLoss
    where TActivation : struct, IActivation
{
    public override void Activate(Span<float> z, int outputs) => Elementwise.Apply<TActivation>(z, z);

    public override void LossesAndDelta(ReadOnlySpan<int> labels, int outputs, float scale, Span<float> z, Span<float> spare, Span<double> losses)
    {
        Activate(z, outputs);
        HalfSquaredDistances(z, labels, outputs, losses);
        z.CopyTo(spare);
        SubtractTargets(labels, outputs, scale, spare);
        Elementwise.Backward<TActivation>(spare, z, z);
    }

    public override void Losses(ReadOnlySpan<float> z, ReadOnlySpan<int> labels, int outputs, Span<float> spare, Span<double> losses)
    {
        Elementwise.Apply<TActivation>(z, spare);
        HalfSquaredDistances(spare, labels, outputs, losses);
    }

    private static void HalfSquaredDistances(ReadOnlySpan<float> a, ReadOnlySpan<int> labels, int outputs, Span<double> losses)
    {
        for (int example = 0; example < labels.Length; example++)
        {
            var row = a.Slice(example * outputs, outputs);
            int label = labels[example];
            double distance = SumOfSquares(0, row[..label]);
            double missing = (double)row[label] - 1;
            losses[example] = SumOfSquares(distance + missing * missing, row[(label + 1)..]) / 2;
        }
    }

    private static double SumOfSquares(double sum, ReadOnlySpan<float> values)
    {
        foreach (double value in values)
            sum += value * value;
        return sum;
    }
}
