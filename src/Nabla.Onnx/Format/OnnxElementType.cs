namespace Nabla.Onnx;

/// <summary>The type of a tensor's elements, by its number in the format.</summary>
internal enum OnnxElementType
{
    /// <summary>None is given.</summary>
    Undefined = 0,
    Float = 1,
    UInt8 = 2,
    Int8 = 3,
    UInt16 = 4,
    Int16 = 5,
    Int32 = 6,
    Int64 = 7,
    Text = 8,
    Boolean = 9,
    Float16 = 10,
    Double = 11,
    UInt32 = 12,
    UInt64 = 13,
}
