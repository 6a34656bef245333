using Microsoft.ML;
using Microsoft.ML.Data;

namespace Nabla.MLNet;

/// <summary>Labels that are values to predict; NaN is a missing label.</summary>
internal sealed class ValueLabels(DataViewSchema.Column column) : LabelReader(column)
{
    private readonly List<double> labels = [];
    private ValueGetter<float>? getter;
    private DataViewRow? row;

    /// <exception cref="InvalidInputException">There is no such column, or it is of another type.</exception>
    public static ValueLabels Find(DataViewSchema schema, string name) => new(ColumnLookup.Find(
        schema, name, "label", NumberDataViewType.Single,
        $"Convert it: mlContext.Transforms.Conversion.ConvertType(\"{name}\", outputKind: DataKind.Single)."));

    public override void Attach(DataViewRow row)
    {
        this.row = row;
        getter = row.GetGetter<float>(Column);
    }

    public override bool TryRead()
    {
        float label = 0;
        getter!(ref label);
        if (float.IsNaN(label))
            return false;
        if (float.IsInfinity(label))
        {
            throw new InvalidInputException(
                "cannot read the training data", $"row {row!.Position}, counted from 0, column {Column.Name}", "the label is infinite",
                "Correct the row, or leave it out.");
        }
        labels.Add(label);
        return true;
    }

    public override Targets ToTargets() => new ValueTargets([.. labels], [Column.Name]);
}
