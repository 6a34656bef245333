using System.Globalization;

namespace Nabla;

/// <summary>The content of a .npy header.</summary>
internal readonly record struct NpyHeader(NpyType Type, bool IsFortranOrder, int[] Shape);

/// <summary>The type of an element: a number, or a text of a fixed length.</summary>
/// <param name="ElementType">The type of numbers.</param>
/// <param name="IsLittleEndian">The byte order.</param>
/// <param name="Characters">The longest text; 0 for numbers.</param>
/// <param name="IsUnicode">Whether a character of a text takes four bytes (UTF-32) rather than one.</param>
internal readonly record struct NpyType(ElementType ElementType, bool IsLittleEndian, int Characters = 0, bool IsUnicode = false)
{
    public bool IsText => Characters > 0;

    /// <summary>Bytes of an element.</summary>
    public int Size => !IsText ? ElementTypes.SizeOf(ElementType) : IsUnicode ? 4 * Characters : Characters;

    public override string ToString() => IsText ? "text" : ElementType.ToString();
}

/// <summary>Parses NumPy's type codes, such as <c>&lt;f4</c>, and rejects what is not supported, with a message for each.</summary>
internal static class NpyTypeCode
{
    private const int LongestText = 1 << 16;
    private const string Resave = "Convert the array with .astype('float32') or .astype('uint8') and save it again.";

    /// <summary>The element type and byte order of a code.</summary>
    /// <param name="code">The code.</param>
    /// <param name="acceptsTexts">Whether texts can be used; numbers always can.</param>
    /// <param name="location">The file, for messages.</param>
    /// <param name="offset">Where the code is.</param>
    /// <exception cref="InvalidInputException">The elements are not of a supported type.</exception>
    public static NpyType Parse(string code, bool acceptsTexts, FileLocation location, long offset)
    {
        int start = code is ['<' or '>' or '|' or '=', ..] ? 1 : 0;
        bool isLittleEndian = start == 0 || code[0] != '>';
        if (acceptsTexts && TextLength(code.AsSpan(start)) is > 0 and <= LongestText and var length)
            return new NpyType(default, isLittleEndian, length, code[start] == 'U');
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
        return new NpyType(type.Value, isLittleEndian);
    }

    /// <summary>The length in a code such as U5 or S5; 0 for other codes.</summary>
    private static int TextLength(ReadOnlySpan<char> code) =>
        code is ['U' or 'S' or 'a', .. var digits] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int length)
            ? length
            : 0;

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
                offset, $"it holds strings ('{code}')", "Save numbers, such as integers; only the labels of a data set may be strings."),
            'M' or 'm' => location.Error(offset, $"it holds dates or times ('{code}')", Resave),
            'V' => location.Error(offset, $"it holds raw or structured data ('{code}')", Resave),
            _ => location.Error(offset, $"the element type '{code}' is not supported", Resave),
        };
}
