using System.Buffers.Binary;
using System.Text;

namespace Nabla;

/// <summary>An array of texts of a fixed length, as NumPy stores them: shorter texts are filled up with zeros. Immutable.</summary>
internal sealed class TextArray(NpyType type, int[] shape, byte[] data)
{
    /// <summary>Size of each dimension.</summary>
    public IReadOnlyList<int> Shape => shape;

    /// <summary>Number of texts.</summary>
    public int Length => data.Length / type.Size;

    /// <summary>The different texts in ordinal order, and the number of each element's text among them. Each text is stored once.</summary>
    /// <param name="most">More different texts are refused.</param>
    /// <param name="location">The array, for messages.</param>
    /// <exception cref="InvalidInputException">An element is not Unicode, or there are too many different texts.</exception>
    public (int[] Indices, string[] Names) Distinct(int most, FileLocation location)
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        var lookup = found.GetAlternateLookup<ReadOnlySpan<char>>();
        int[] indices = new int[Length];
        char[] buffer = new char[2 * type.Characters];
        for (int i = 0; i < indices.Length; i++)
        {
            int length = Decode(data.AsSpan(i * type.Size, type.Size), buffer);
            if (length < 0)
            {
                throw location.Error(
                    $"the text of example {i} is not {(type.IsUnicode ? "Unicode" : "UTF-8")}",
                    "Save the labels as str, e.g. y.astype(str).");
            }
            var text = buffer.AsSpan(0, length);
            if (lookup.TryGetValue(text, out indices[i]))
                continue;
            if (found.Count == most)
                throw location.Error($"it has more than {most} different labels", "Use fewer classes.");
            indices[i] = found.Count;
            found.Add(text.ToString(), found.Count);
        }
        string[] names = [.. found.Keys.Order(StringComparer.Ordinal)];
        int[] places = new int[names.Length];
        for (int place = 0; place < names.Length; place++)
            places[found[names[place]]] = place;
        return (Array.ConvertAll(indices, index => places[index]), names);
    }

    /// <returns>The number of UTF-16 characters; -1 if the bytes are not text.</returns>
    private int Decode(ReadOnlySpan<byte> element, char[] characters)
    {
        if (!type.IsUnicode)
            return DecodeUtf8(element.TrimEnd((byte)0), characters);
        int length = 0;
        int end = element.Length;
        while (end > 0 && element.Slice(end - 4, 4).IndexOfAnyExcept((byte)0) < 0)
            end -= 4;
        for (int at = 0; at < end; at += 4)
        {
            uint code = type.IsLittleEndian
                ? BinaryPrimitives.ReadUInt32LittleEndian(element[at..])
                : BinaryPrimitives.ReadUInt32BigEndian(element[at..]);
            if (!Rune.TryCreate(code, out var rune))
                return -1;
            length += rune.EncodeToUtf16(characters.AsSpan(length));
        }
        return length;
    }

    private static int DecodeUtf8(ReadOnlySpan<byte> bytes, char[] characters)
    {
        try
        {
            return StrictUtf8.Encoding.GetChars(bytes, characters);
        }
        catch (ArgumentException) // not UTF-8
        {
            return -1;
        }
    }
}
