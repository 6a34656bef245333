using System.Numerics;

namespace Nabla;

/// <summary>
/// The mean of what the members of an ensemble compute. Sums are in double precision and in the order of the members, so that an example
/// has the same bits whether it is predicted alone or with others.
/// </summary>
/// <param name="members">Number of members.</param>
/// <param name="length">Number of values that each member computes.</param>
internal sealed class MemberMean(int members, int length)
{
    private readonly double[] sums = new double[length];

    /// <summary>Adds what the next member computes, or a part of it.</summary>
    /// <param name="values">Consecutive values.</param>
    /// <param name="start">The place of the first of them.</param>
    public void Add<T>(ReadOnlySpan<T> values, int start = 0)
        where T : struct, INumber<T>
    {
        var part = sums.AsSpan(start, values.Length);
        for (int i = 0; i < part.Length; i++)
            part[i] += double.CreateTruncating(values[i]);
    }

    /// <summary>The mean, once all members are added.</summary>
    public double[] ToDoubles() => Array.ConvertAll(sums, sum => sum / members);

    /// <inheritdoc cref="ToDoubles"/>
    public float[] ToFloats() => Array.ConvertAll(sums, sum => (float)(sum / members));
}
