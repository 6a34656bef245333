using Microsoft.ML;
using Microsoft.ML.Data;

namespace Nabla.MLNet;

/// <summary>A column of features: a vector of floats whose size is known.</summary>
/// <param name="Column">The column.</param>
/// <param name="Size">Number of features.</param>
internal sealed record FeatureColumn(DataViewSchema.Column Column, int Size)
{
    private const string SlotNames = "SlotNames";

    /// <summary>Finds the column of features.</summary>
    /// <exception cref="InvalidInputException">There is none of that name, or it is of another type.</exception>
    public static FeatureColumn Find(DataViewSchema schema, string name)
    {
        var column = ColumnLookup.Find(schema, name, "features");
        return column.Type is VectorDataViewType { Size: > 0 } vector && vector.ItemType.Equals(NumberDataViewType.Single)
            ? new FeatureColumn(column, vector.Size)
            : throw ColumnLookup.WrongType(
                column, "a vector of Single whose size is known",
                $"Combine the columns to learn from: mlContext.Transforms.Concatenate(\"{name}\", ...).");
    }

    /// <summary>Fails if a feature is missing or infinite.</summary>
    /// <param name="features">The features of one row, [slots].</param>
    /// <param name="what">What cannot be done, for the message.</param>
    /// <param name="row">Position of the row in the data.</param>
    /// <exception cref="InvalidInputException">A feature is NaN or infinite; the message says which.</exception>
    public void RequireFinite(ReadOnlySpan<float> features, string what, long row)
    {
        for (int slot = 0; slot < features.Length; slot++)
        {
            if (float.IsFinite(features[slot]))
                continue;
            throw new InvalidInputException(
                what, $"row {row}, counted from 0, slot {slot}{NameOf(slot)} of {Column.Name}",
                float.IsNaN(features[slot]) ? "the value is missing (NaN)" : "the value is infinite",
                "Replace missing values before they become features: mlContext.Transforms.ReplaceMissingValues(...).");
        }
    }

    private string NameOf(int slot)
    {
        if (Column.Annotations.Schema.GetColumnOrNull(SlotNames) is not { Type: VectorDataViewType { ItemType: TextDataViewType } type }
            || type.Size != Size)
        {
            return "";
        }
        VBuffer<ReadOnlyMemory<char>> names = default;
        Column.Annotations.GetValue(SlotNames, ref names);
        return $" (\"{names.GetItemOrDefault(slot)}\")";
    }
}
