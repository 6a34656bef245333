namespace Nabla.Studio;

/// <summary>Numbers as bytes in base 64: short, and quick to draw.</summary>
internal static class Encoded
{
    /// <summary>Signed values: 128 for 0, 255 for the largest magnitude, 1 for its negative.</summary>
    public static string Signed(ReadOnlySpan<float> values)
    {
        float largest = 0;
        foreach (float value in values)
            largest = Math.Max(largest, Math.Abs(value));
        float factor = largest > 0 && float.IsFinite(largest) ? 127 / largest : 0;
        var bytes = new byte[values.Length];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(128 + (int)MathF.Round(values[i] * factor));
        return Convert.ToBase64String(bytes);
    }

    /// <summary>Values from the lowest, 0, to the highest, 255; all 0 if they are equal.</summary>
    public static string Levels(ReadOnlySpan<float> values) => Convert.ToBase64String(ToLevels(values));

    /// <summary>As <see cref="Levels"/>, but as bytes.</summary>
    public static byte[] ToLevels(ReadOnlySpan<float> values)
    {
        var (least, most) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (float value in values)
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
        float factor = most > least && float.IsFinite(most - least) ? 255 / (most - least) : 0;
        var bytes = new byte[values.Length];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)MathF.Round((values[i] - least) * factor);
        return bytes;
    }
}
