using Nabla.Kernels;

namespace Nabla;

/// <summary>Scaling fitted on training data, then immutable: each input x becomes (x - offset) * scale.</summary>
public sealed class Preprocessing
{
    private readonly float[] offsets;
    private readonly float[] scales;

    /// <summary>Scaling with known numbers, as a model file holds them.</summary>
    /// <param name="scaling">What the numbers were fitted as.</param>
    /// <param name="offsets">One number for all features, or one for each.</param>
    /// <param name="scales">As many numbers.</param>
    /// <exception cref="ArgumentException">Different numbers of offsets and scales, none, or a number that is not finite.</exception>
    internal Preprocessing(Scaling scaling, float[] offsets, float[] scales)
    {
        if (offsets.Length != scales.Length || offsets.Length == 0)
            throw new ArgumentException($"{offsets.Length} offsets and {scales.Length} scales: equally many are needed, at least one.");
        if (!Array.TrueForAll(offsets, float.IsFinite) || !Array.TrueForAll(scales, float.IsFinite))
            throw new ArgumentException("Offsets and scales must be finite.");
        Scaling = scaling;
        this.offsets = offsets;
        this.scales = scales;
    }

    /// <summary>What was fitted.</summary>
    public Scaling Scaling { get; }

    /// <summary>What is subtracted: one number for all features, or one for each.</summary>
    public ReadOnlySpan<float> Offsets => offsets;

    /// <summary>What is multiplied by: one number for all features, or one for each.</summary>
    public ReadOnlySpan<float> Scales => scales;

    /// <summary>Fits a scaling to the inputs of training data.</summary>
    /// <param name="inputs">Training examples only, or what is measured later would leak into the training.</param>
    /// <param name="scaling">What to fit.</param>
    /// <exception cref="ArgumentException">Unit scaling of inputs that are not bytes.</exception>
    public static Preprocessing Fit(FeatureTable inputs, Scaling scaling) => scaling switch
    {
        Scaling.None => new Preprocessing(scaling, [0f], [1f]),
        Scaling.Unit when inputs.IsBytes => new Preprocessing(scaling, [0f], [1f / 255f]),
        Scaling.Unit => throw new InvalidOptionException(
            "Unit scaling divides bytes by 255, and these inputs are not bytes", "Use standardize-per-feature.", nameof(Scaling)),
        Scaling.Standardize => FromMoments(inputs, scaling, [FeatureMoments.OfAll(inputs)]),
        Scaling.StandardizePerFeature => FromMoments(inputs, scaling, FeatureMoments.OfEach(inputs)),
        _ => throw new ArgumentOutOfRangeException(nameof(scaling), scaling, "No such scaling."),
    };

    /// <summary>What each of the 256 bytes becomes, if all features are scaled alike and 0 stays 0; else empty.</summary>
    internal float[] ValuesOfBytes()
    {
        if (offsets.Length != 1 || offsets[0] != 0)
            return [];
        var bytes = new byte[256];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)i;
        var values = new float[bytes.Length];
        Affine.Apply(bytes, offsets, scales, values);
        return values;
    }

    /// <summary>Scales rows of a table on their way into a batch.</summary>
    /// <param name="inputs">The table.</param>
    /// <param name="rows">Which rows, in which order.</param>
    /// <param name="scaled">[rows, features].</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or the number of features is not the one that was fitted.</exception>
    public void Apply(FeatureTable inputs, ReadOnlySpan<int> rows, Span<float> scaled)
    {
        int features = inputs.Columns;
        if (scaled.Length != (long)rows.Length * features)
            throw new ArgumentException($"{rows.Length} rows of {features} features do not give {scaled.Length} values.");
        for (int i = 0; i < rows.Length; i++)
        {
            var row = scaled.Slice(i * features, features);
            if (inputs.IsBytes)
                Apply(inputs.Bytes.Slice(rows[i] * features, features), row);
            else
                Apply(inputs.Floats.Slice(rows[i] * features, features), row);
        }
    }

    /// <summary>Scales one example of floats.</summary>
    /// <param name="example">[features].</param>
    /// <param name="scaled">[features].</param>
    /// <exception cref="ArgumentException">The lengths differ, or are not the number of features that was fitted.</exception>
    public void Apply(ReadOnlySpan<float> example, Span<float> scaled)
    {
        Check(example.Length, scaled.Length);
        Affine.Apply(example, offsets, scales, scaled);
    }

    /// <summary>Scales one example of bytes.</summary>
    /// <param name="example">[features].</param>
    /// <param name="scaled">[features].</param>
    /// <exception cref="ArgumentException">The lengths differ, or are not the number of features that was fitted.</exception>
    public void Apply(ReadOnlySpan<byte> example, Span<float> scaled)
    {
        Check(example.Length, scaled.Length);
        Affine.Apply(example, offsets, scales, scaled);
    }

    /// <inheritdoc/>
    public override string ToString() => OptionNames.Of(Scaling);

    private static Preprocessing FromMoments(FeatureTable inputs, Scaling scaling, FeatureMoments[] moments)
    {
        var offsets = new float[moments.Length];
        var scales = new float[moments.Length];
        for (int i = 0; i < moments.Length; i++)
        {
            float scale = (float)(1 / moments[i].Deviation);
            bool varies = float.IsFinite(scale);
            offsets[i] = varies ? (float)moments[i].Mean : 0f;
            // Left alone means divided by 255 for a pixel, as the notebook does before it standardises.
            scales[i] = varies ? scale : inputs.IsBytes ? 1f / 255f : 1f;
        }
        return new Preprocessing(scaling, offsets, scales);
    }

    private void Check(int given, int scaled)
    {
        if (given != scaled || (offsets.Length != 1 && offsets.Length != given))
            throw new ArgumentException($"{given} features do not give {scaled} values by a scaling of {(offsets.Length == 1 ? "any number" : $"{offsets.Length}")}.");
    }
}
