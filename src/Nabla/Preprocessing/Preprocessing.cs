using Nabla.Kernels;

namespace Nabla;

/// <summary>
/// Scaling fitted on training data: each input x becomes z = (x - offset) * scale, and with a limit z / sqrt(1 + (z / limit)^2), which lies
/// between -limit and limit. Immutable, and so safe for concurrent use.
/// </summary>
public sealed class Preprocessing
{
    private readonly float[] offsets;
    private readonly float[] scales;
    private readonly double[] origins; // [features], or empty if all are 0
    private readonly float[] inverseLimits; // [features], 0 for no limit; or empty if no feature has one

    /// <summary>Scaling with known numbers, as a model file holds them.</summary>
    /// <param name="scaling">What the numbers were fitted as.</param>
    /// <param name="offsets">One number for all features, or one for each.</param>
    /// <param name="scales">As many numbers.</param>
    /// <param name="origins">What is subtracted in double precision before, for each feature; empty for nothing.</param>
    /// <param name="inverseLimits">1 / limit for each feature, 0 for no limit; empty for none at all.</param>
    /// <exception cref="ArgumentException">
    /// Different numbers of offsets, scales, origins and limits, none, or a number that is not finite.
    /// </exception>
    internal Preprocessing(
        Scaling scaling, float[] offsets, float[] scales, ReadOnlySpan<double> origins = default,
        ReadOnlySpan<float> inverseLimits = default)
    {
        if (offsets.Length != scales.Length || offsets.Length == 0)
            throw new ArgumentException($"{offsets.Length} offsets and {scales.Length} scales: equally many are needed, at least one.");
        if (!Array.TrueForAll(offsets, float.IsFinite) || !Array.TrueForAll(scales, float.IsFinite))
            throw new ArgumentException("Offsets and scales must be finite.");
        if (origins.Length != 0 && (origins.Length != offsets.Length || origins.ContainsAnyExceptInRange(double.MinValue, double.MaxValue)))
            throw new ArgumentException($"{origins.Length} origins for {offsets.Length} offsets: equally many finite numbers are needed.");
        if (inverseLimits.Length != 0
            && (inverseLimits.Length != offsets.Length || inverseLimits.ContainsAnyExceptInRange(0, float.MaxValue)))
        {
            throw new ArgumentException(
                $"{inverseLimits.Length} limits for {offsets.Length} offsets: equally many numbers of at least 0 are needed.");
        }
        Scaling = scaling;
        this.inverseLimits = inverseLimits.ToArray();
        this.origins = origins.ToArray();
        this.offsets = offsets;
        this.scales = scales;
    }

    /// <summary>What was fitted.</summary>
    public Scaling Scaling { get; }

    /// <summary>What is subtracted: one number for all features, or one for each.</summary>
    public ReadOnlySpan<float> Offsets => offsets;

    /// <summary>
    /// What is subtracted from each feature in double precision before the offset, [features]; empty if it is 0 for all. See
    /// <see cref="FeatureTable.Origins"/>.
    /// </summary>
    public ReadOnlySpan<double> Origins => origins;

    /// <summary>What is multiplied by: one number for all features, or one for each.</summary>
    public ReadOnlySpan<float> Scales => scales;

    /// <summary>The inverse of each feature's limit, [features], 0 for no limit; empty if no feature has one.</summary>
    public ReadOnlySpan<float> InverseLimits => inverseLimits;

    /// <summary>Fits a scaling to the inputs of training data.</summary>
    /// <param name="inputs">Training examples only, or what is measured later would leak into the training run.</param>
    /// <param name="scaling">What to fit.</param>
    /// <exception cref="InvalidOptionException">Unit scaling of inputs that are not bytes.</exception>
    public static Preprocessing Fit(FeatureTable inputs, Scaling scaling) => scaling.Fit(inputs);

    /// <summary>Scaling with known numbers: each input x becomes (x - offset) * scale.</summary>
    /// <param name="offsets">One number for all features, or one for each; finite.</param>
    /// <param name="scales">As many numbers, finite.</param>
    /// <param name="origins">
    /// What is subtracted from each feature before, in double precision (see <see cref="Origins"/>), finite; empty for nothing.
    /// </param>
    /// <exception cref="ArgumentException">
    /// Different numbers of offsets, scales and origins, none, or a number that is not finite.
    /// </exception>
    public static Preprocessing Create(
        ReadOnlySpan<float> offsets, ReadOnlySpan<float> scales, ReadOnlySpan<double> origins = default) => new(
            offsets.Length == 1 ? Scaling.Standardize : Scaling.StandardizePerFeature, offsets.ToArray(), scales.ToArray(), origins);

    /// <summary>Subtracts means and divides by standard deviations.</summary>
    /// <param name="scaling">What the numbers were fitted as.</param>
    /// <param name="inputs">What they were fitted on.</param>
    /// <param name="moments">One for all features, or one for each.</param>
    internal static Preprocessing Standardizing(Scaling scaling, FeatureTable inputs, FeatureMoments[] moments)
    {
        var offsets = new float[moments.Length];
        var scales = new float[moments.Length];
        for (int i = 0; i < moments.Length; i++)
        {
            if (moments.Length == inputs.Columns && inputs.IsIndicator(i))
            {
                scales[i] = 1;
                continue;
            }
            float scale = (float)(1 / moments[i].Deviation);
            bool varies = float.IsFinite(scale);
            offsets[i] = (float)moments[i].Mean;
            // A constant feature becomes 0. A pixel that was constant in training is divided by 255, as the notebook does.
            scales[i] = varies ? scale : inputs.IsBytes ? 1f / 255f : 0f;
        }
        return new Preprocessing(scaling, offsets, scales, moments.Length == inputs.Columns ? inputs.Origins : []);
    }

    /// <summary>What each of the 256 bytes becomes, if all features are scaled alike and 0 stays 0; else null.</summary>
    internal AlignedArray<float>? ValuesOfBytes()
    {
        if (offsets.Length != 1 || offsets[0] != 0 || inverseLimits.Length > 0)
            return null;
        var bytes = new byte[256];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)i;
        var values = new AlignedArray<float>(bytes.Length);
        Affine.Apply(bytes, offsets, scales, values.Span);
        return values;
    }

    /// <summary>Scales rows of a table on their way into a batch.</summary>
    /// <param name="inputs">The table.</param>
    /// <param name="rows">Which rows, in which order.</param>
    /// <param name="scaled">[rows, features].</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit each other, or the number of features is not the one that was fitted.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public void Apply(FeatureTable inputs, ReadOnlySpan<int> rows, Span<float> scaled)
    {
        int features = inputs.Columns;
        if (scaled.Length != (long)rows.Length * features)
            throw new ArgumentException($"{rows.Length} rows of {features} features do not give {scaled.Length} values.");
        for (int i = 0; i < rows.Length; i++)
        {
            var row = scaled.Slice(i * features, features);
            if (inputs.IsBytes)
                Apply(inputs.ByteRow(rows[i]), row);
            else
                Apply(inputs.FloatRow(rows[i]), inputs.Origins, row);
        }
    }

    /// <summary>Scales one example of floats.</summary>
    /// <param name="example">[features].</param>
    /// <param name="scaled">[features].</param>
    /// <exception cref="ArgumentException">The lengths differ, or are not the number of features that was fitted.</exception>
    public void Apply(ReadOnlySpan<float> example, Span<float> scaled)
    {
        Apply(example, [], scaled);
    }

    /// <summary>Scales one example of doubles, whose origins are subtracted in double precision.</summary>
    /// <param name="example">[features].</param>
    /// <param name="scaled">[features].</param>
    /// <exception cref="ArgumentException">The lengths differ, or are not the number of features that was fitted.</exception>
    public void Apply(ReadOnlySpan<double> example, Span<float> scaled)
    {
        Check(example.Length, scaled.Length);
        for (int i = 0; i < example.Length; i++)
            scaled[i] = (float)(example[i] - (origins.Length == 0 ? 0 : origins[i]));
        Scale(scaled, scaled);
    }

    /// <summary>Scales one example of bytes.</summary>
    /// <param name="example">[features].</param>
    /// <param name="scaled">[features].</param>
    /// <exception cref="ArgumentException">The lengths differ, or are not the number of features that was fitted.</exception>
    public void Apply(ReadOnlySpan<byte> example, Span<float> scaled)
    {
        Check(example.Length, scaled.Length);
        Affine.Apply(example, offsets, scales, scaled);
        Limit(scaled);
    }

    /// <inheritdoc/>
    public override string ToString() => Scaling.Name;

    /// <summary>Whether it scales examples of so many features.</summary>
    internal bool Fits(int features) => TakesAnyNumber || offsets.Length == features;

    // Origins and limits are those of single features.
    private bool TakesAnyNumber => offsets.Length == 1 && origins.Length == 0 && inverseLimits.Length == 0;

    /// <param name="example">[features].</param>
    /// <param name="subtracted">What has been subtracted from the example already, [features]; empty for nothing.</param>
    /// <param name="scaled">[features].</param>
    private void Apply(ReadOnlySpan<float> example, ReadOnlySpan<double> subtracted, Span<float> scaled)
    {
        Check(example.Length, scaled.Length);
        if (origins.Length == 0 && subtracted.IsEmpty)
        {
            Scale(example, scaled);
            return;
        }
        for (int i = 0; i < example.Length; i++)
        {
            double difference = (subtracted.IsEmpty ? 0 : subtracted[i]) - (origins.Length == 0 ? 0 : origins[i]);
            scaled[i] = (float)(example[i] + difference);
        }
        Scale(scaled, scaled);
    }

    private void Scale(ReadOnlySpan<float> example, Span<float> scaled)
    {
        Affine.Apply(example, offsets, scales, scaled);
        Limit(scaled);
    }

    private void Limit(Span<float> scaled)
    {
        for (int i = 0; i < inverseLimits.Length; i++)
        {
            float part = scaled[i] * inverseLimits[i], square = part * part;
            // A square beyond a float's range is that of a value at its limit.
            scaled[i] = float.IsInfinity(square) ? float.CopySign(1 / inverseLimits[i], part) : scaled[i] / float.Sqrt(1 + square);
        }
    }

    private void Check(int given, int scaled)
    {
        if (given != scaled || !Fits(given))
        {
            string fitted = TakesAnyNumber ? "any number" : $"{offsets.Length}";
            throw new ArgumentException($"{given} features do not give {scaled} values by a scaling of {fitted}.");
        }
    }
}
