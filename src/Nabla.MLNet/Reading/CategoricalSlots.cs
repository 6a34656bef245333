using Microsoft.ML.Data;

namespace Nabla.MLNet;

/// <summary>Which features are one-hot categories, as ML.NET's encoders note it. Nabla does not scale them.</summary>
internal static class CategoricalSlots
{
    private const string Annotation = "CategoricalSlotRanges";

    /// <summary>Finds the features that are noted as categories and have no other values than -1, 0 and 1.</summary>
    /// <param name="column">The column of features.</param>
    /// <param name="values">[rows, slots].</param>
    /// <returns>[slots]; empty if there is none.</returns>
    public static bool[] Find(FeatureColumn column, ReadOnlySpan<float> values)
    {
        if (column.Column.Annotations.Schema.GetColumnOrNull(Annotation) is not { Type: VectorDataViewType type }
            || !type.ItemType.Equals(NumberDataViewType.Int32))
        {
            return [];
        }
        VBuffer<int> ranges = default;
        column.Column.Annotations.GetValue(Annotation, ref ranges);
        var isCategory = new bool[column.Size];
        foreach (int[] range in ranges.DenseValues().Chunk(2)) // the first slot and the last, both included
        {
            for (int slot = Math.Max(0, range[0]); slot <= Math.Min(range[^1], column.Size - 1); slot++)
                isCategory[slot] = IsIndicator(values, slot, column.Size);
        }
        return isCategory.Contains(true) ? isCategory : [];
    }

    private static bool IsIndicator(ReadOnlySpan<float> values, int slot, int columns)
    {
        for (int at = slot; at < values.Length; at += columns)
        {
            if (values[at] is not (-1 or 0 or 1))
                return false;
        }
        return true;
    }
}
