using System.Security.Cryptography;
using Nabla.Kernels;

namespace Nabla;

/// <summary>One or several values for each example, in double precision. A network has one output for each value.</summary>
/// <remarks>Immutable, and therefore safe for concurrent use. The values are copied.</remarks>
public sealed class ValueTargets : Targets
{
    private readonly double[] values; // [examples, width]

    /// <summary>Creates targets from values.</summary>
    /// <param name="values">[examples, width], each finite and within the range of a float. Copied.</param>
    /// <param name="names">The name of each value of an example: at least one, all different.</param>
    /// <exception cref="ArgumentException">
    /// Values are missing, not finite or outside the range of a float, or names are missing or repeated.
    /// </exception>
    public ValueTargets(ReadOnlySpan<double> values, IReadOnlyList<string> names)
        : base(values.Length / Math.Max(1, names.Count), names)
    {
        if (values.Length % Width != 0)
            throw new ArgumentException($"{values.Length} values do not fill rows of {Width}.", nameof(values));
        int wrong = values.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (wrong >= 0)
            throw new ArgumentException($"The value {names[wrong % Width]} of example {wrong / Width} is {values[wrong]}.", nameof(values));
        this.values = values.ToArray();
    }

    /// <summary>All values, [examples, width].</summary>
    public ReadOnlySpan<double> Values => values;

    /// <inheritdoc/>
    public override ValueTargets Select(ReadOnlySpan<int> rows)
    {
        var chosen = new double[BufferSize.Elements("a selection of targets", sizeof(double), rows.Length, Width)];
        for (int i = 0; i < rows.Length; i++)
            values.AsSpan(rows[i] * Width, Width).CopyTo(chosen.AsSpan(i * Width));
        return new ValueTargets(chosen, Names);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Count} examples of {Width} values";

    internal override string Subject => "values";

    internal override TargetBatch Slice(int start, int count, TargetBuffer buffer)
    {
        var slice = buffer.Values(count * Width);
        buffer.Standardize(values.AsSpan(start * Width, count * Width), slice);
        return TargetBatch.FromValues(slice, Width);
    }

    internal override TargetBatch Gather(ReadOnlySpan<int> rows, TargetBuffer buffer)
    {
        var gathered = buffer.Values(rows.Length * Width);
        for (int i = 0; i < rows.Length; i++)
            buffer.Standardize(values.AsSpan(rows[i] * Width, Width), gathered.Slice(i * Width, Width));
        return TargetBatch.FromValues(gathered, Width);
    }

    internal override void AppendTo(IncrementalHash hash) => hash.Append(Values);

    /// <summary>Whether a target is the same in all examples.</summary>
    internal bool IsConstant(int target)
    {
        for (int i = target; i < values.Length; i += Width)
        {
            if (values[i] != values[target])
                return false;
        }
        return true;
    }
}
