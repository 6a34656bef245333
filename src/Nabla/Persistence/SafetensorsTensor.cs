namespace Nabla;

/// <summary>A tensor in a safetensors file, as the header describes it. Immutable.</summary>
public sealed class SafetensorsTensor
{
    private static readonly Dictionary<string, int> Sizes = new(StringComparer.Ordinal)
    {
        ["BOOL"] = 1, ["U8"] = 1, ["I8"] = 1, ["F8_E4M3"] = 1, ["F8_E5M2"] = 1,
        ["U16"] = 2, ["I16"] = 2, ["F16"] = 2, ["BF16"] = 2,
        ["U32"] = 4, ["I32"] = 4, ["F32"] = 4,
        ["U64"] = 8, ["I64"] = 8, ["F64"] = 8, ["C64"] = 8,
    };

    internal SafetensorsTensor(string name, string dataType, int[] shape, long begin, long end)
    {
        Name = name;
        DataType = dataType;
        Shape = shape;
        Begin = begin;
        End = end;
    }

    /// <summary>Its name, unique in the file.</summary>
    public string Name { get; }

    /// <summary>The type of its elements, as named by the format: F32, F64, BF16, I64, …</summary>
    public string DataType { get; }

    /// <summary>Size of each dimension; empty for a single number.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Offset of the first byte, counted from the end of the header.</summary>
    internal long Begin { get; }

    /// <summary>Offset of the byte after the last, counted from the end of the header.</summary>
    internal long End { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {DataType} [{string.Join(", ", Shape)}]";

    /// <summary>Bytes of one element, or 0 for an unknown type.</summary>
    internal static int SizeOf(string dataType) => Sizes.GetValueOrDefault(dataType);
}
