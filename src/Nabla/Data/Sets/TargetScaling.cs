namespace Nabla;

/// <summary>
/// How the values to predict are standardized for a network: (value - offset) / scale, for each target by itself. A network learns
/// targets of mean 0 and standard deviation 1 best; predictions are scaled back.
/// </summary>
/// <remarks>In double precision, and immutable, so safe for concurrent use.</remarks>
public sealed class TargetScaling
{
    private readonly double[] offsets; // [targets]
    private readonly double[] scales;  // [targets]

    /// <summary>A scaling of known numbers.</summary>
    /// <param name="offsets">What is subtracted from each target, [targets]; finite.</param>
    /// <param name="scales">What the difference is divided by, [targets]; finite and above 0.</param>
    /// <exception cref="ArgumentException">A number is out of range, or there is not one of each for each target.</exception>
    public TargetScaling(ReadOnlySpan<double> offsets, ReadOnlySpan<double> scales)
    {
        if (offsets.IsEmpty || offsets.Length != scales.Length)
            throw new ArgumentException($"{offsets.Length} offsets and {scales.Length} scales do not scale the same targets.");
        if (offsets.ContainsAnyExceptInRange(double.MinValue, double.MaxValue))
            throw new ArgumentException("An offset is not finite.", nameof(offsets));
        if (scales.ContainsAnyExceptInRange(double.Epsilon, double.MaxValue))
            throw new ArgumentException("A scale is not a finite number above 0.", nameof(scales));
        this.offsets = offsets.ToArray();
        this.scales = scales.ToArray();
    }

    /// <summary>Number of targets.</summary>
    public int Count => offsets.Length;

    /// <summary>What is subtracted from each target, [targets].</summary>
    public ReadOnlySpan<double> Offsets => offsets;

    /// <summary>What the difference is divided by, [targets].</summary>
    public ReadOnlySpan<double> Scales => scales;

    /// <summary>A scaling that changes nothing.</summary>
    /// <param name="targets">Number of targets, at least 1.</param>
    public static TargetScaling None(int targets)
    {
        double[] ones = new double[targets];
        Array.Fill(ones, 1.0);
        return new TargetScaling(new double[targets], ones);
    }

    /// <summary>
    /// The mean and the standard deviation (of the examples, not of a population they are drawn from) of each target; a target that is the
    /// same in all examples is divided by 1.
    /// </summary>
    /// <param name="targets">At least one example.</param>
    /// <exception cref="ArgumentException">There is no example.</exception>
    public static TargetScaling Fit(ValueTargets targets)
    {
        if (targets.Count == 0)
            throw new ArgumentException("There is no example.", nameof(targets));
        double[] means = new double[targets.Width], squares = new double[targets.Width];
        var values = targets.Values;
        // Divided before it is added: a sum of large values might overflow.
        for (int i = 0; i < values.Length; i++)
            means[i % means.Length] += values[i] / targets.Count;
        for (int i = 0; i < values.Length; i++)
        {
            double deviation = values[i] - means[i % means.Length];
            squares[i % means.Length] += deviation * deviation / targets.Count;
        }
        double[] scales = new double[means.Length];
        for (int target = 0; target < scales.Length; target++)
        {
            bool isConstant = targets.IsConstant(target);
            if (isConstant)
                means[target] = values[target];
            scales[target] = isConstant ? 1.0 : double.Sqrt(squares[target]);
        }
        return new TargetScaling(means, scales);
    }

    /// <summary>Standardizes values.</summary>
    /// <param name="values">[examples, targets].</param>
    /// <param name="standardized">Receives [examples, targets].</param>
    /// <exception cref="ArgumentException">The values are not whole examples, or there is not room for each.</exception>
    public void Apply(ReadOnlySpan<double> values, Span<float> standardized)
    {
        CheckLengths(values.Length, standardized.Length);
        for (int i = 0; i < values.Length; i++)
            standardized[i] = (float)((values[i] - offsets[i % Count]) / scales[i % Count]);
    }

    /// <summary>Scales a network's outputs back to values.</summary>
    /// <param name="outputs">[examples, targets].</param>
    /// <param name="values">Receives [examples, targets].</param>
    /// <exception cref="ArgumentException">The outputs are not whole examples, or there is not room for each.</exception>
    public void Undo(ReadOnlySpan<float> outputs, Span<double> values)
    {
        CheckLengths(outputs.Length, values.Length);
        for (int i = 0; i < outputs.Length; i++)
            values[i] = outputs[i] * scales[i % Count] + offsets[i % Count];
    }

    /// <inheritdoc/>
    public override string ToString() => $"scaling of {Count} {(Count == 1 ? "target" : "targets")}";

    private void CheckLengths(int source, int destination)
    {
        if (source != destination || source % Count != 0)
            throw new ArgumentException($"{source} values do not become {destination}, {Count} for each example.");
    }
}
