using System.Security.Cryptography;
using Nabla.Kernels;

namespace Nabla;

/// <summary>One or several numbers for each example. A network has one output for each of them.</summary>
/// <remarks>Immutable, and so safe for concurrent use: the values are copied.</remarks>
public sealed class ValueTargets : Targets
{
    private readonly float[] values; // [examples, width]

    /// <summary>Copies values.</summary>
    /// <param name="values">[examples, width], example by example; each finite.</param>
    /// <param name="names">The name of each value of an example, at least one, without repetition.</param>
    /// <exception cref="ArgumentException">Values are missing or not finite, or names are missing or repeated.</exception>
    public ValueTargets(ReadOnlySpan<float> values, IReadOnlyList<string> names)
        : base(values.Length / Math.Max(1, names.Count), names)
    {
        if (values.Length % Width != 0)
            throw new ArgumentException($"{values.Length} values do not fill rows of {Width}.", nameof(values));
        int wrong = Finite.IndexOfOther(values);
        if (wrong >= 0)
            throw new ArgumentException($"The value {names[wrong % Width]} of example {wrong / Width} is {values[wrong]}.", nameof(values));
        this.values = values.ToArray();
    }

    /// <summary>All values, [examples, width].</summary>
    public ReadOnlySpan<float> Values => values;

    /// <inheritdoc/>
    public override ValueTargets Select(ReadOnlySpan<int> rows)
    {
        var chosen = new float[BufferSize.Elements("a selection of targets", sizeof(float), rows.Length, Width)];
        Gather(rows, chosen);
        return new ValueTargets(chosen, Names);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Count} examples of {Width} values";

    internal override string Subject => "values";

    internal override TargetBatch Slice(int start, int count) => TargetBatch.FromValues(values.AsSpan(start * Width, count * Width), Width);

    internal override TargetBatch Gather(ReadOnlySpan<int> rows, TargetBuffer buffer)
    {
        var gathered = buffer.Values.AsSpan(0, rows.Length * Width);
        Gather(rows, gathered);
        return TargetBatch.FromValues(gathered, Width);
    }

    internal override void AppendTo(IncrementalHash hash) => hash.Append(Values);

    private void Gather(ReadOnlySpan<int> rows, Span<float> destination)
    {
        for (int i = 0; i < rows.Length; i++)
            values.AsSpan(rows[i] * Width, Width).CopyTo(destination[(i * Width)..]);
    }
}
