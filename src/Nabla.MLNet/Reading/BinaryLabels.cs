using Microsoft.ML;
using Microsoft.ML.Data;

namespace Nabla.MLNet;

/// <summary>Labels of type Boolean: class 0 is false, class 1 is true.</summary>
internal sealed class BinaryLabels(DataViewSchema.Column column) : LabelReader(column)
{
    private readonly List<int> labels = [];
    private ValueGetter<bool>? getter;

    /// <summary>The names of the two classes.</summary>
    public static IReadOnlyList<string> Names { get; } = ["False", "True"];

    /// <exception cref="InvalidInputException">There is no such column, or it is of another type.</exception>
    public static BinaryLabels Find(DataViewSchema schema, string name) => new(ColumnLookup.Find(
        schema, name, "label", BooleanDataViewType.Instance,
        "Convert it, or use mlContext.MulticlassClassification for labels that are keys."));

    public override void Attach(DataViewRow row) => getter = row.GetGetter<bool>(Column);

    public override bool TryRead()
    {
        bool label = false;
        getter!(ref label);
        labels.Add(label ? 1 : 0);
        return true;
    }

    public override Targets ToTargets() => new ClassTargets([.. labels], Names);
}
