namespace Nabla;

/// <summary>Output activation and loss as one unit: only together are they numerically safe, and their error at z is simple.</summary>
/// <remarks>
/// Classes stand for one-hot vectors: 1 for the example's class, 0 for the others (unless labels are smoothed). Sums run over outputs in
/// order. An example's weight multiplies its loss and its error. Stateless, and so safe for concurrent use.
/// </remarks>
internal abstract class OutputLoss
{
    /// <summary>Floats of intermediate values for each output of an example.</summary>
    public const int SparePerOutput = 2;

    /// <summary>Turns weighted inputs into the error of each output, and computes each example's loss.</summary>
    /// <param name="targets">Of [examples].</param>
    /// <param name="outputs">Outputs of the network.</param>
    /// <param name="scale">Multiplies the errors: 1 / examples for the mean over a batch.</param>
    /// <param name="z">[examples, outputs]; becomes delta, the derivative of scale * (sum of losses) by z.</param>
    /// <param name="spare">[2, examples, outputs], for intermediate values.</param>
    /// <param name="losses">[examples], not scaled.</param>
    public void LossesAndDelta(in TargetBatch targets, int outputs, float scale, Span<float> z, Span<float> spare, Span<double> losses)
    {
        ComputeLossesAndDelta(targets, outputs, scale, z, spare, losses);
        ApplyWeights(targets.Weights, losses);
    }

    /// <summary>Computes each example's loss.</summary>
    /// <param name="z">[examples, outputs].</param>
    /// <param name="targets">Of [examples].</param>
    /// <param name="outputs">Outputs of the network.</param>
    /// <param name="spare">[2, examples, outputs], for intermediate values.</param>
    /// <param name="losses">[examples].</param>
    public void Losses(ReadOnlySpan<float> z, in TargetBatch targets, int outputs, Span<float> spare, Span<double> losses)
    {
        ComputeLosses(z, targets, outputs, spare, losses);
        ApplyWeights(targets.Weights, losses);
    }

    /// <summary>The sum of losses, in the order of the examples.</summary>
    public static double Sum(ReadOnlySpan<double> losses)
    {
        double sum = 0;
        foreach (double loss in losses)
            sum += loss;
        return sum;
    }

    /// <summary>As <see cref="LossesAndDelta"/>; weights of examples count in delta, not yet in the losses.</summary>
    private protected abstract void ComputeLossesAndDelta(
        in TargetBatch targets, int outputs, float scale, Span<float> z, Span<float> spare, Span<double> losses);

    /// <summary>As <see cref="Losses"/>, without weights.</summary>
    private protected abstract void ComputeLosses(
        ReadOnlySpan<float> z, in TargetBatch targets, int outputs, Span<float> spare, Span<double> losses);

    /// <summary>a becomes a - y.</summary>
    /// <param name="targets">Of [examples].</param>
    /// <param name="outputs">Outputs of the network.</param>
    /// <param name="a">[examples, outputs].</param>
    /// <param name="right">How much more the output of an example's class should be than the others.</param>
    /// <param name="others">What outputs of other classes should be.</param>
    private protected static void SubtractTargets(
        in TargetBatch targets, int outputs, Span<float> a, float right = 1f, float others = 0f)
    {
        var labels = targets.Labels;
        for (int example = 0; example < labels.Length; example++)
            a[example * outputs + labels[example]] -= right;
        var values = targets.Values;
        for (int i = 0; i < values.Length; i++)
            a[i] -= values[i];
        if (others == 0f)
            return;
        foreach (ref float error in a)
            error -= others;
    }

    /// <summary>How many examples in succession have the same scale: all, or one at a time if they have weights.</summary>
    private protected static int ExamplesOfOneScale(in TargetBatch targets) => targets.Weights.IsEmpty ? targets.Count : 1;

    /// <summary>What multiplies the errors of an example.</summary>
    private protected static float ScaleOf(in TargetBatch targets, int example, float scale) =>
        targets.Weights.IsEmpty ? scale : scale * targets.Weights[example];

    private static void ApplyWeights(ReadOnlySpan<float> weights, Span<double> losses)
    {
        for (int example = 0; example < weights.Length; example++)
            losses[example] *= weights[example];
    }
}
