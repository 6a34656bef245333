using Microsoft.ML;
using Microsoft.ML.Data;

namespace Nabla.MLNet;

/// <summary>The rows of a data view, as Nabla trains on them.</summary>
/// <param name="Data">The rows that have a label.</param>
/// <param name="WithoutLabel">Number of rows that were left out, because their label is missing.</param>
internal sealed record TrainingRows(Dataset Data, long WithoutLabel)
{
    private const string What = "cannot read the training data";

    /// <summary>Reads all rows, once.</summary>
    /// <param name="view">The data.</param>
    /// <param name="features">The features.</param>
    /// <param name="labels">Reads the labels; has not read any.</param>
    /// <param name="weight">How much each row counts, or null.</param>
    /// <exception cref="InvalidInputException">
    /// There are no rows with a label, or a value cannot be used; the message says where.
    /// </exception>
    public static TrainingRows Read(IDataView view, FeatureColumn features, LabelReader labels, DataViewSchema.Column? weight)
    {
        DataViewSchema.Column?[] needed = [features.Column, labels.Column, weight];
        using var cursor = view.GetRowCursor(needed.OfType<DataViewSchema.Column>());
        labels.Attach(cursor);
        var featureGetter = cursor.GetGetter<VBuffer<float>>(features.Column);
        var weightGetter = weight is { } weights ? cursor.GetGetter<float>(weights) : null;
        var blocks = new FeatureBlocks(features.Size);
        var weightsRead = new List<float>();
        VBuffer<float> buffer = default;
        long withoutLabel = 0;
        while (cursor.MoveNext())
        {
            if (!labels.TryRead())
            {
                withoutLabel++;
                continue;
            }
            featureGetter(ref buffer);
            var row = blocks.Add();
            buffer.CopyTo(row);
            features.RequireFinite(row, What, cursor.Position);
            if (weightGetter is not null)
                weightsRead.Add(ReadWeight(weightGetter, weight!.Value.Name, cursor.Position));
        }
        return new TrainingRows(Create(blocks, features, labels, [.. weightsRead], withoutLabel), withoutLabel);
    }

    private static float ReadWeight(ValueGetter<float> getter, string column, long row)
    {
        float weight = 0;
        getter(ref weight);
        return float.IsFinite(weight) && weight >= 0
            ? weight
            : throw new InvalidInputException(
                What, $"row {row}, counted from 0, column {column}", $"the weight is {weight}", "A weight is a finite number from 0.");
    }

    private static Dataset Create(FeatureBlocks blocks, FeatureColumn features, LabelReader labels, float[] weights, long withoutLabel)
    {
        int rows = blocks.Rows;
        if (rows == 0)
        {
            throw new InvalidInputException(
                What, $"column {labels.Column.Name}", withoutLabel == 0 ? "there are no rows" : $"none of {withoutLabel} rows has a label",
                "Use data with labels.");
        }
        float[] values = blocks.Join();
        var table = FeatureTable.FromFloats(values, rows, features.Size, CategoricalSlots.Find(features, values));
        return new Dataset("the data view", table, labels.ToTargets(), weights);
    }
}
