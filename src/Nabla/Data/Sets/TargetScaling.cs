namespace Nabla;

/// <summary>
/// How values to predict are standardized for a network: (value - offset) / scale, separately for each target. Networks learn targets of
/// mean 0 and standard deviation 1 best. Predictions are scaled back.
/// </summary>
/// <remarks>Computes in double precision. Immutable, and therefore safe for concurrent use.</remarks>
public sealed class TargetScaling
{
    private readonly double[] offsets; // [targets]
    private readonly double[] scales;  // [targets]
    private readonly double[] minima = []; // [targets], or empty
    private readonly double[] maxima = []; // [targets], or empty

    /// <summary>Creates a scaling from known numbers.</summary>
    /// <param name="offsets">What is subtracted from each target, [targets]; finite.</param>
    /// <param name="scales">What the difference is divided by, [targets]; finite and above 0.</param>
    /// <exception cref="ArgumentException">A number is out of range, or the numbers of offsets and scales differ.</exception>
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

    /// <summary>Creates a scaling that limits what it scales back.</summary>
    /// <param name="offsets">What is subtracted from each target, [targets]; finite.</param>
    /// <param name="scales">What the difference is divided by, [targets]; finite and above 0.</param>
    /// <param name="minima">The smallest value of each target, [targets]; finite.</param>
    /// <param name="maxima">The largest value of each target, [targets]; finite, and at least the smallest.</param>
    /// <exception cref="ArgumentException">A number is out of range, or the lengths differ.</exception>
    public TargetScaling(
        ReadOnlySpan<double> offsets, ReadOnlySpan<double> scales, ReadOnlySpan<double> minima, ReadOnlySpan<double> maxima)
        : this(offsets, scales)
    {
        if (minima.Length != Count || maxima.Length != Count)
            throw new ArgumentException($"{Count} targets have {minima.Length} minima and {maxima.Length} maxima.");
        for (int i = 0; i < Count; i++)
        {
            if (!double.IsFinite(minima[i]) || !double.IsFinite(maxima[i]) || minima[i] > maxima[i])
                throw new ArgumentException($"Target {i} cannot range from {minima[i]} to {maxima[i]}.");
        }
        this.minima = minima.ToArray();
        this.maxima = maxima.ToArray();
    }

    /// <summary>Number of targets.</summary>
    public int Count => offsets.Length;

    /// <summary>The smallest value that <see cref="Undo"/> yields for each target, [targets]; empty without limits.</summary>
    public ReadOnlySpan<double> Minima => minima;

    /// <summary>The largest value that <see cref="Undo"/> yields for each target, [targets]; empty without limits.</summary>
    public ReadOnlySpan<double> Maxima => maxima;

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
    /// Fits a scaling to the mean and the population standard deviation of each target. A target that is the same in all examples is
    /// divided by 1.
    /// </summary>
    /// <param name="targets">At least one example.</param>
    /// <exception cref="ArgumentException">There is no example.</exception>
    public static TargetScaling Fit(ValueTargets targets)
    {
        if (targets.Count == 0)
            throw new ArgumentException("There is no example.", nameof(targets));
        double[] means = new double[targets.Width], squares = new double[targets.Width];
        var values = targets.Values;
        // Divided before adding, because a sum of large values could overflow.
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
            // The squares are too small or too large for a double.
            if (!double.IsNormal(scales[target]))
                scales[target] = ExtremeDeviation(targets, target, means[target]);
        }
        return new TargetScaling(means, scales);
    }

    /// <summary>The standard deviation as a multiple of the largest distance from the mean, so that no square leaves the range.</summary>
    private static double ExtremeDeviation(ValueTargets targets, int target, double mean)
    {
        double largest = 0, sum = 0;
        for (int i = target; i < targets.Values.Length; i += targets.Width)
            largest = Math.Max(largest, Math.Abs(targets.Values[i] - mean));
        for (int i = target; i < targets.Values.Length; i += targets.Width)
        {
            double share = (targets.Values[i] - mean) / largest;
            sum += share * share / targets.Count;
        }
        return Math.Clamp(largest * double.Sqrt(sum), double.Epsilon, double.MaxValue);
    }

    /// <summary>Standardizes values.</summary>
    /// <param name="values">[examples, targets].</param>
    /// <param name="standardized">Receives [examples, targets].</param>
    /// <exception cref="ArgumentException">The lengths differ, or are not a multiple of the number of targets.</exception>
    public void Apply(ReadOnlySpan<double> values, Span<float> standardized)
    {
        CheckLengths(values.Length, standardized.Length);
        for (int i = 0; i < values.Length; i++)
            standardized[i] = (float)((values[i] - offsets[i % Count]) / scales[i % Count]);
    }

    /// <summary>The same scaling, limited to the range that each target has in some examples.</summary>
    /// <param name="targets">At least one example, of as many targets.</param>
    /// <exception cref="ArgumentException">There is no example, or another number of targets.</exception>
    public TargetScaling WithRangeOf(ValueTargets targets)
    {
        if (targets.Count == 0 || targets.Width != Count)
        {
            throw new ArgumentException(
                $"{targets.Count} examples of {targets.Width} values do not limit {Count} targets.", nameof(targets));
        }
        double[] low = targets.Values[..Count].ToArray(), high = targets.Values[..Count].ToArray();
        for (int i = 0; i < targets.Values.Length; i++)
        {
            low[i % Count] = Math.Min(low[i % Count], targets.Values[i]);
            high[i % Count] = Math.Max(high[i % Count], targets.Values[i]);
        }
        return new TargetScaling(offsets, scales, low, high);
    }

    /// <summary>Scales a network's outputs back to values, and limits them to <see cref="Minima"/> and <see cref="Maxima"/>.</summary>
    /// <param name="outputs">[examples, targets].</param>
    /// <param name="values">Receives [examples, targets].</param>
    /// <exception cref="ArgumentException">The lengths differ, or are not a multiple of the number of targets.</exception>
    public void Undo(ReadOnlySpan<float> outputs, Span<double> values)
    {
        CheckLengths(outputs.Length, values.Length);
        for (int i = 0; i < outputs.Length; i++)
            values[i] = outputs[i] * scales[i % Count] + offsets[i % Count];
        if (minima.Length == 0)
            return;
        for (int i = 0; i < values.Length; i++)
            values[i] = Math.Clamp(values[i], minima[i % Count], maxima[i % Count]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"scaling of {Count} {(Count == 1 ? "target" : "targets")}";

    private void CheckLengths(int source, int destination)
    {
        if (source != destination || source % Count != 0)
            throw new ArgumentException($"{source} values do not fit {destination} places, with {Count} for each example.");
    }
}
