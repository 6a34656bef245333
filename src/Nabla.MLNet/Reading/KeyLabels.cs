using Microsoft.ML;
using Microsoft.ML.Data;

namespace Nabla.MLNet;

/// <summary>Labels that are keys: class i is key i + 1, and key 0 is a missing label.</summary>
internal sealed class KeyLabels(DataViewSchema.Column column) : LabelReader(column)
{
    private readonly List<int> labels = [];
    private ValueGetter<uint>? getter;

    /// <summary>The classes.</summary>
    public ClassKeys Classes { get; } = ClassKeys.Read(column);

    /// <exception cref="InvalidInputException">There is no such column, or it is of another type.</exception>
    public static KeyLabels Find(DataViewSchema schema, string name)
    {
        var column = ColumnLookup.Find(schema, name, "label");
        return column.Type is KeyDataViewType key && key.RawType == typeof(uint)
            ? new KeyLabels(column)
            : throw ColumnLookup.WrongType(
                column, "a key of type UInt32",
                $"Map its values to keys: mlContext.Transforms.Conversion.MapValueToKey(\"{name}\").");
    }

    public override void Attach(DataViewRow row) => getter = row.GetGetter<uint>(Column);

    public override bool TryRead()
    {
        uint key = 0;
        getter!(ref key);
        if (key == 0 || key > Classes.Names.Count) // keys beyond the last are missing too
            return false;
        labels.Add((int)key - 1);
        return true;
    }

    public override Targets ToTargets() => new ClassTargets([.. labels], Classes.Names);
}
