namespace Nabla;

/// <summary>A tensor in a safetensors file, as the header describes it. Immutable.</summary>
public sealed class SafetensorsTensor
{
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
    internal static int SizeOf(string dataType) => dataType switch
    {
        "BOOL" or "U8" or "I8" or "F8_E4M3" or "F8_E5M2" => 1,
        "U16" or "I16" or "F16" or "BF16" => 2,
        "U32" or "I32" or "F32" => 4,
        "U64" or "I64" or "F64" or "C64" => 8,
        _ => 0,
    };
}
