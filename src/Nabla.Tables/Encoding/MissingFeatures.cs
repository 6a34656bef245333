namespace Nabla.Tables;

/// <summary>Features that are NaN until it is known what takes their place.</summary>
internal static class MissingFeatures
{
    /// <summary>Replaces each NaN.</summary>
    /// <param name="values">Whole rows.</param>
    /// <param name="fills">What takes its place, for each feature.</param>
    public static void Fill(Span<float> values, ReadOnlySpan<float> fills)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (float.IsNaN(values[i]))
                values[i] = fills[i % fills.Length];
        }
    }
}
