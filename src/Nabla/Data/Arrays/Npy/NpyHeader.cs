namespace Nabla;

/// <summary>The content of a .npy header.</summary>
internal readonly record struct NpyHeader(ElementType ElementType, bool IsLittleEndian, bool IsFortranOrder, int[] Shape);

/// <summary>Parses NumPy's type codes, such as <c>&lt;f4</c>, and rejects all but plain numbers, with a message for each.</summary>
internal static class NpyTypeCode
{
    private const string Resave = "Convert the array with .astype('float32') or .astype('uint8') and save it again.";

    /// <summary>The element type and byte order of a code.</summary>
    /// <exception cref="InvalidInputException">The elements are not numbers of a supported type.</exception>
    public static (ElementType Type, bool IsLittleEndian) Parse(string code, FileLocation location, long offset)
    {
        int start = code.Length > 0 && "<>|=".Contains(code[0], StringComparison.Ordinal) ? 1 : 0;
        ElementType? type = code[start..] switch
        {
            "b1" or "?" => ElementType.Boolean,
            "i1" => ElementType.Int8,
            "u1" => ElementType.UInt8,
            "i2" => ElementType.Int16,
            "u2" => ElementType.UInt16,
            "i4" => ElementType.Int32,
            "u4" => ElementType.UInt32,
            "i8" => ElementType.Int64,
            "u8" => ElementType.UInt64,
            "f2" => ElementType.Float16,
            "f4" => ElementType.Float32,
            "f8" => ElementType.Float64,
            _ => null,
        };
        if (type is null)
            throw Refusal(code, start, location, offset);
        if (ElementTypes.SizeOf(type.Value) > 1 && (start == 0 || code[0] is '|' or '='))
            throw location.Error(offset, $"the type '{code}' does not specify a byte order ('<' or '>')", "Save it again with numpy.save.");
        return (type.Value, start == 0 || code[0] != '>');
    }

    private static InvalidInputException Refusal(string code, int start, FileLocation location, long offset) =>
        (start < code.Length ? code[start] : ' ') switch
        {
            'O' => location.Error(
                offset,
                "it is an array of Python objects ('O'): reading it means unpickling, which can run any program",
                "Save plain numbers, e.g. numpy.savez(file, x=x.astype('float32')), without object arrays (allow_pickle)."),
            'c' => location.Error(
                offset, $"it holds complex numbers ('{code}')", "Save the real and the imaginary parts as two arrays of floats."),
            'S' or 'a' or 'U' or 'T' => location.Error(
                offset, $"it holds strings ('{code}')", "Save labels as integers from 0, e.g. with numpy.unique(y, return_inverse=True)."),
            'M' or 'm' => location.Error(offset, $"it holds dates or times ('{code}')", Resave),
            'V' => location.Error(offset, $"it holds raw or structured data ('{code}')", Resave),
            _ => location.Error(offset, $"the element type '{code}' is not supported", Resave),
        };
}
