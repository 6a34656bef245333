namespace Nabla.Tables;

/// <summary>
/// A column of numbers: one feature, and a second one that is 1 where the value is missing, if the training data missed any.
/// </summary>
/// <inheritdoc/>
public sealed class NumberEncoding : ColumnEncoding
{
    /// <summary>Creates an encoding.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="format">How its numbers are written.</param>
    /// <param name="origin">What is subtracted in double precision, so that no difference is lost when the rest becomes a float.</param>
    /// <param name="fill">The feature of a missing value: the training data's median, less the origin.</param>
    /// <param name="marksMissing">Whether there is a feature for missing values.</param>
    public NumberEncoding(string name, NumberFormat format, double origin, float fill, bool marksMissing)
        : base(name, marksMissing ? [name, $"{name} is missing"] : [name])
    {
        Format = format;
        Origin = origin;
        Fill = fill;
    }

    /// <summary>How the numbers are written.</summary>
    public NumberFormat Format { get; }

    /// <summary>What is subtracted from each number.</summary>
    public double Origin { get; }

    /// <summary>The feature of a missing value.</summary>
    public float Fill { get; }

    /// <summary>Whether there is a feature for missing values.</summary>
    public bool MarksMissing => Width == 2;

    /// <inheritdoc/>
    public override ColumnKind Kind => ColumnKind.Number;

    internal override int Numbers => 1;

    internal override CellState Encode(ReadOnlySpan<byte> cell, bool isTyped, MissingMarkers markers, Span<float> features)
    {
        var state = NumberText.Read(cell, isTyped ? NumberFormat.Plain : Format, markers, out double value);
        features[0] = state == CellState.Value ? (float)(value - Origin) : Fill;
        if (MarksMissing && state != CellState.Value)
            features[1] = 1;
        return state;
    }

    internal override NumberEncoding WithFill(ReadOnlySpan<float> fill) => new(Name, Format, Origin, fill[0], MarksMissing);
}
