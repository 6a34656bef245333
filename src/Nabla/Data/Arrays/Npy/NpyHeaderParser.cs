using System.Globalization;

namespace Nabla;

/// <summary>Parses the Python dictionary in a .npy header: three known keys, each once, in any order, and nothing else.</summary>
/// <param name="text">The header without magic, version and length.</param>
/// <param name="acceptsTexts">Whether the elements may be texts; numbers are always accepted.</param>
/// <param name="location">The file, for messages.</param>
/// <param name="start">Where the text begins in the file.</param>
internal ref struct NpyHeaderParser(ReadOnlySpan<byte> text, bool acceptsTexts, FileLocation location, long start)
{
    private readonly ReadOnlySpan<byte> text = text;
    private int position;

    /// <summary>Parses the whole text.</summary>
    /// <exception cref="InvalidInputException">The text is not such a dictionary, or the elements cannot be used.</exception>
    public NpyHeader Parse()
    {
        NpyType? descr = null;
        bool? fortranOrder = null;
        int[]? shape = null;
        Expect('{');
        while (!TryTake('}'))
        {
            int keyAt = position;
            string key = ParseString();
            Expect(':');
            switch (key)
            {
                case "descr" when descr is null: descr = ParseDescr(); break;
                case "fortran_order" when fortranOrder is null: fortranOrder = ParseBoolean(); break;
                case "shape" when shape is null: shape = ParseShape(); break;
                default: throw Error(keyAt, $"the key '{key}' is unknown or repeated");
            }
            if (!TryTake(','))
            {
                Expect('}');
                break;
            }
        }
        SkipSpace();
        if (position != text.Length)
            throw Error(position, "text follows the header's dictionary");
        return descr is null || fortranOrder is null || shape is null
            ? throw Error(0, "one of 'descr', 'fortran_order' and 'shape' is missing")
            : new NpyHeader(descr.Value, fortranOrder.Value, shape);
    }

    private NpyType ParseDescr()
    {
        SkipSpace();
        int at = position;
        if (position < text.Length && text[position] is (byte)'[' or (byte)'(')
            throw location.Error(
                start + at, "it is a structured array, with fields of several types", "Save each field as a separate array.");
        return NpyTypeCode.Parse(ParseString(), acceptsTexts, location, start + at);
    }

    private string ParseString()
    {
        SkipSpace();
        int at = position;
        int quote = position < text.Length ? text[position] : 0;
        if (quote is not ('\'' or '"'))
            throw Error(at, "a quoted string is expected");
        int length = text[(at + 1)..].IndexOf((byte)quote);
        var content = length < 0 ? default : text.Slice(at + 1, length);
        if (length < 0 || content.IndexOfAnyExceptInRange((byte)' ', (byte)'~') >= 0 || content.Contains((byte)'\\'))
            throw Error(at, "the string does not end, or has characters that NumPy does not write");
        position = at + length + 2;
        return System.Text.Encoding.ASCII.GetString(content);
    }

    private bool ParseBoolean()
    {
        SkipSpace();
        bool value = text[position..].StartsWith("True"u8);
        if (!value && !text[position..].StartsWith("False"u8))
            throw Error(position, "True or False is expected");
        position += value ? 4 : 5;
        return value;
    }

    private int[] ParseShape()
    {
        var sizes = new List<int>();
        Expect('(');
        bool commaSeen = false;
        while (!TryTake(')'))
        {
            sizes.Add(ParseSize());
            if (sizes.Count > ArrayShape.MaxRank)
                throw Error(position, $"the shape has more than {ArrayShape.MaxRank} dimensions");
            if (TryTake(','))
            {
                commaSeen = true;
                continue;
            }
            if (!commaSeen)
                throw Error(position, "a shape of one dimension needs a comma, as in (3,)");
            Expect(')');
            break;
        }
        return [.. sizes];
    }

    private int ParseSize()
    {
        SkipSpace();
        int at = position;
        if (position < text.Length && text[position] == '-')
            throw Error(at, "a size is negative");
        while (position < text.Length && char.IsAsciiDigit((char)text[position]))
            position++;
        var digits = text[at..position];
        if (digits.IsEmpty)
            throw Error(at, "a size is expected");
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int size))
            throw Error(at, "a size is larger than any array");
        if (position < text.Length && text[position] == 'L') // as NumPy wrote long integers on Python 2
            position++;
        return size;
    }

    private bool TryTake(char expected)
    {
        SkipSpace();
        if (position >= text.Length || text[position] != expected)
            return false;
        position++;
        return true;
    }

    private void Expect(char expected)
    {
        if (!TryTake(expected))
            throw Error(position, $"'{expected}' is expected");
    }

    private void SkipSpace()
    {
        while (position < text.Length && text[position] is (byte)' ' or (byte)'\n')
            position++;
    }

    private readonly InvalidInputException Error(int at, string why) =>
        location.Error(start + at, $"the array's header is malformed: {why}", "Save it again with numpy.save or numpy.savez.");
}
