namespace Nabla.Tables;

/// <summary>Features in memory.</summary>
internal sealed class ArrayFeatureRows : FeatureRows
{
    /// <summary>2 GiB of floats.</summary>
    private const long MaxValues = 1L << 29;

    private float[] values;

    /// <inheritdoc/>
    public ArrayFeatureRows(TableEncoding encoding, TableSource source, int capacity)
        : base(encoding, source, capacity)
    {
        RequireRoom(
            source, capacity, MaxValues,
            "Leave out columns with many categories, use fewer rows, or leave the encoded rows on disk (--on-disk) to train or evaluate.");
        long length = (long)capacity * Width;
        if (ReadLimit.WhyNot(length * sizeof(float)) is { } why)
            throw source.Header.Error($"as {capacity} rows of {Width} features, {why}", ReadLimit.Raise);
        values = new float[length];
    }

    public override void Dispose()
    {
    }

    public override FeatureTable ToTable()
    {
        if (values.Length != Count * Width)
            Array.Resize(ref values, Count * Width);
        return FeatureTable.FromFloats(values, Count, Width, Indicators);
    }

    protected override Span<float> Next() => values.AsSpan(Width * (Count - 1), Width);

    protected override void Fill(float[] fills) => MissingFeatures.Fill(values, fills);
}
