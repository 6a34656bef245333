namespace Nabla;

#pragma warning disable CA1720 // the members are type names
/// <summary>The element type of a <see cref="NumericArray"/>.</summary>
public enum ElementType
{
    /// <summary>One byte, 0 or 1.</summary>
    Boolean,

    /// <summary>A signed byte.</summary>
    Int8,

    /// <summary>A byte.</summary>
    UInt8,

    /// <summary>A signed 16-bit integer.</summary>
    Int16,

    /// <summary>An unsigned 16-bit integer.</summary>
    UInt16,

    /// <summary>A signed 32-bit integer.</summary>
    Int32,

    /// <summary>An unsigned 32-bit integer.</summary>
    UInt32,

    /// <summary>A signed 64-bit integer.</summary>
    Int64,

    /// <summary>An unsigned 64-bit integer.</summary>
    UInt64,

    /// <summary>IEEE half precision.</summary>
    Float16,

    /// <summary>IEEE single precision.</summary>
    Float32,

    /// <summary>IEEE double precision.</summary>
    Float64,
}
#pragma warning restore CA1720

internal static class ElementTypes
{
    /// <summary>Bytes of one element.</summary>
    public static int SizeOf(ElementType type) => type switch
    {
        ElementType.Boolean or ElementType.Int8 or ElementType.UInt8 => 1,
        ElementType.Int16 or ElementType.UInt16 or ElementType.Float16 => 2,
        ElementType.Int32 or ElementType.UInt32 or ElementType.Float32 => 4,
        _ => 8,
    };

    /// <summary>Whether floats hold all values of a type.</summary>
    public static bool FitFloats(ElementType type) => type is not
        (ElementType.Float64 or ElementType.Int32 or ElementType.UInt32 or ElementType.Int64 or ElementType.UInt64);

    public static ElementType Of<T>()
        where T : unmanaged => default(T) switch
        {
            bool => ElementType.Boolean,
            sbyte => ElementType.Int8,
            byte => ElementType.UInt8,
            short => ElementType.Int16,
            ushort => ElementType.UInt16,
            int => ElementType.Int32,
            uint => ElementType.UInt32,
            long => ElementType.Int64,
            ulong => ElementType.UInt64,
            Half => ElementType.Float16,
            float => ElementType.Float32,
            double => ElementType.Float64,
            _ => throw new ArgumentException($"An array of {typeof(T).Name} is not numeric."),
        };
}
