using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Nabla.MLNet;

/// <summary>The classes of a label column of keys.</summary>
/// <param name="Names">The name of each class, all different: the values of the keys, or numbers from 0 if the keys have none.</param>
/// <param name="Values">The type of the keys' values; null if they have none.</param>
internal sealed record ClassKeys(IReadOnlyList<string> Names, KeyValueKind? Values)
{
    /// <summary>A network has an output for each class; a column of more keys has not been mapped to what occurs.</summary>
    private const ulong MostClasses = 1 << 16;

    /// <summary>Reads the classes of a label column.</summary>
    /// <param name="label">A column of keys.</param>
    /// <exception cref="InvalidInputException">There are too many classes, or their values cannot be used.</exception>
    public static ClassKeys Read(DataViewSchema.Column label)
    {
        ulong count = ((KeyDataViewType)label.Type).Count;
        if (count > MostClasses)
        {
            throw Unusable(
                label, $"its keys have {count} possible values, and a classifier has at most {MostClasses} classes",
                $"Map the values that occur to keys: mlContext.Transforms.Conversion.MapValueToKey(\"{label.Name}\").");
        }
        if (label.Annotations.Schema.GetColumnOrNull(KeyValueKind.Annotation) is not { Type: VectorDataViewType values })
            return new ClassKeys([.. Enumerable.Range(0, (int)count).Select(i => i.ToString(CultureInfo.InvariantCulture))], null);
        var kind = KeyValueKind.All.FirstOrDefault(kind => kind.Type.Equals(values.ItemType)) ?? throw Unusable(
            label, $"the values of its keys are of type {values.ItemType}",
            "Convert them to text or numbers before they are mapped to keys.");
        string[] names = kind.Read(label.Annotations);
        if (names.Length != (int)count || names.Distinct(StringComparer.Ordinal).Count() != names.Length)
        {
            throw Unusable(
                label, $"its {count} keys have {names.Length} values, or two of them are equal", "Map the values to keys again.");
        }
        return new ClassKeys(names, kind);
    }

    private static InvalidInputException Unusable(DataViewSchema.Column label, string why, string remedy) =>
        new("cannot train a classifier", $"column {label.Name}", why, remedy);
}
