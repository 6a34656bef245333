using System.Buffers.Binary;
using System.Text;

namespace Nabla;

/// <summary>Writes numbers into a program as text in base 64, little-endian, so that it reads exactly the same bits.</summary>
internal static class EmbeddedNumbers
{
    private const int LineLength = 120;

    /// <summary>Floats, in lines.</summary>
    public static string Of(ReadOnlySpan<float> values)
    {
        var bytes = new byte[(long)values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        return Lines(bytes);
    }

    /// <summary>Doubles, in lines.</summary>
    public static string Of(ReadOnlySpan<double> values)
    {
        var bytes = new byte[(long)values.Length * sizeof(double)];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), values[i]);
        return Lines(bytes);
    }

    private static string Lines(byte[] bytes)
    {
        string text = Convert.ToBase64String(bytes);
        if (text.Length <= LineLength)
            return text;
        var lines = new StringBuilder(text.Length + text.Length / LineLength + 2);
        for (int start = 0; start < text.Length; start += LineLength)
            lines.Append('\n').Append(text, start, Math.Min(LineLength, text.Length - start));
        return lines.Append('\n').ToString();
    }
}
