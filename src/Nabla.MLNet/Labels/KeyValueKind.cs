using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Nabla.MLNet;

/// <summary>A type that the values of a key column can have. <see cref="All"/> is the only list of types.</summary>
/// <param name="type">ML.NET's type of one value.</param>
internal abstract class KeyValueKind(PrimitiveDataViewType type)
{
    /// <summary>ML.NET's name of the annotation that has the values of a key column.</summary>
    public const string Annotation = "KeyValues";

    public static IReadOnlyList<KeyValueKind> All { get; } =
    [
        new KeyValueKind<ReadOnlyMemory<char>>(TextDataViewType.Instance, text => text.ToString(), text => text.AsMemory()),
        new KeyValueKind<bool>(BooleanDataViewType.Instance, value => value ? "True" : "False", bool.Parse),
        Number<float>(NumberDataViewType.Single), Number<double>(NumberDataViewType.Double),
        Number<sbyte>(NumberDataViewType.SByte), Number<byte>(NumberDataViewType.Byte),
        Number<short>(NumberDataViewType.Int16), Number<ushort>(NumberDataViewType.UInt16),
        Number<int>(NumberDataViewType.Int32), Number<uint>(NumberDataViewType.UInt32),
        Number<long>(NumberDataViewType.Int64), Number<ulong>(NumberDataViewType.UInt64),
    ];

    /// <summary>ML.NET's type of one value.</summary>
    public PrimitiveDataViewType Type { get; } = type;

    /// <summary>Its name, as in files.</summary>
    public string Name => Type.RawType == typeof(ReadOnlyMemory<char>) ? "Text" : Type.RawType.Name;

    /// <summary>The values of a key column as text, from the first key to the last.</summary>
    public abstract string[] Read(DataViewSchema.Annotations annotations);

    /// <summary>Annotates a column with values.</summary>
    /// <param name="annotations">The annotations of the column, to which these are added.</param>
    /// <param name="kind">Name of the annotation.</param>
    /// <param name="texts">The values as text, as <see cref="Read"/> returns them.</param>
    /// <exception cref="FormatException">A text is not a value of this type.</exception>
    public abstract void Add(DataViewSchema.Annotations.Builder annotations, string kind, IReadOnlyList<string> texts);

    private static KeyValueKind<T> Number<T>(NumberDataViewType type)
        where T : ISpanParsable<T>, IFormattable => new(
            type, value => value.ToString(null, CultureInfo.InvariantCulture), text => T.Parse(text, CultureInfo.InvariantCulture));
}

/// <param name="type">ML.NET's type of one value.</param>
/// <param name="format">The value as text, from which <paramref name="parse"/> makes the same value again.</param>
/// <param name="parse">The value of a text.</param>
internal sealed class KeyValueKind<T>(PrimitiveDataViewType type, Func<T, string> format, Func<string, T> parse) : KeyValueKind(type)
{
    public override string[] Read(DataViewSchema.Annotations annotations)
    {
        VBuffer<T> values = default;
        annotations.GetValue(Annotation, ref values);
        return [.. values.DenseValues().Select(format)];
    }

    public override void Add(DataViewSchema.Annotations.Builder annotations, string kind, IReadOnlyList<string> texts)
    {
        T[] values = [.. texts.Select(parse)];
        annotations.Add(kind, new VectorDataViewType(Type, values.Length), (ref VBuffer<T> buffer) => values.CopyTo(ref buffer));
    }
}
