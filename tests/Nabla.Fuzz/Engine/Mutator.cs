using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Nabla.Fuzz;

/// <summary>Changes the bytes of a file in ways that readers tend to get wrong.</summary>
/// <param name="others">Files to take parts from.</param>
/// <param name="words">Words of the format; a letter is a byte (Latin 1).</param>
internal sealed class Mutator(IReadOnlyList<byte[]> others, params string[] words)
{
    private static readonly byte[] EdgeBytes = [0, 1, 0x20, 0x7F, 0x80, 0xFE, 0xFF];

    private static readonly long[] EdgeNumbers =
    [
        0, 1, -1, 2, 127, 128, 255, 256, 32767, 32768, 65535, 65536, 1 << 20, int.MaxValue - 1, int.MaxValue, 1L << 31, uint.MaxValue,
        1L << 32, (1L << 32) + 1, 1L << 40, long.MaxValue / 2, long.MaxValue - 1, long.MaxValue, long.MinValue,
    ];

    private static readonly string[] EdgeTexts =
    [
        "0", "-0", "1", "-1", "00", "2147483647", "2147483648", "4294967295", "4294967296", "65536", "9223372036854775807",
        "9223372036854775808", "18446744073709551615", "18446744073709551616", "1e308", "1e309", "-1e999", "NaN", "1.5", "1e-999",
        "99999999999999999999999999999999999999999",
    ];

    private readonly byte[][] tokens = [.. words.Concat(EdgeTexts).Select(Encoding.Latin1.GetBytes)];

    /// <summary>A changed copy: one change, seldom up to six.</summary>
    public byte[] Mutate(byte[] sample, Rng rng)
    {
        var bytes = new List<byte>(sample);
        for (int left = rng.OneIn(3) ? 1 + rng.Below(6) : 1; left > 0; left--)
            Change(bytes, rng);
        return [.. bytes];
    }

    private void Change(List<byte> bytes, Rng rng)
    {
        if (bytes.Count == 0)
        {
            bytes.AddRange(rng.Pick(tokens));
            return;
        }
        int at = rng.Below(bytes.Count);
        switch (rng.Below(12))
        {
            case 0: bytes[at] ^= (byte)(1 << rng.Below(8)); break;
            case 1: bytes[at] = rng.Pick(EdgeBytes); break;
            case 2: bytes[at] = (byte)rng.Next(); break;
            case 3 or 4: WriteNumber(bytes, at, rng); break;
            case 5: bytes.RemoveRange(at, bytes.Count - at); break;
            case 6: bytes.RemoveRange(at, Math.Min(1 + rng.Below(16), bytes.Count - at)); break;
            case 7: bytes.InsertRange(at, Range(bytes, rng)); break;
            case 8: Splice(bytes, at, rng.Pick(others), rng); break;
            case 9: ReplaceNumber(bytes, at, rng); break;
            case 10: bytes.InsertRange(at, rng.Pick(tokens)); break;
            default: ReplaceToken(bytes, at, rng); break;
        }
    }

    /// <summary>A number at the edge of a type, or near what the file has there, in either byte order.</summary>
    private static void WriteNumber(List<byte> bytes, int at, Rng rng)
    {
        Span<byte> number = stackalloc byte[8];
        int size = 1 << (1 + rng.Below(3));
        long value = rng.OneIn(3) ? bytes.Count + rng.Below(5) - 2 : rng.Pick(EdgeNumbers);
        BinaryPrimitives.WriteInt64LittleEndian(number, value);
        number = number[..size];
        if (rng.OneIn(2))
            number.Reverse();
        for (int i = 0; i < size && at + i < bytes.Count; i++)
            bytes[at + i] = number[i];
    }

    private static List<byte> Range(List<byte> bytes, Rng rng)
    {
        int start = rng.Below(bytes.Count);
        return bytes.GetRange(start, Math.Min(1 + rng.Below(rng.OneIn(8) ? 2000 : 40), bytes.Count - start));
    }

    private static void Splice(List<byte> bytes, int at, byte[] other, Rng rng)
    {
        bytes.RemoveRange(at, bytes.Count - at);
        if (other.Length > 0)
            bytes.AddRange(other.AsSpan(rng.Below(other.Length)));
    }

    /// <summary>Replaces the next number that is written in digits.</summary>
    private static void ReplaceNumber(List<byte> bytes, int at, Rng rng)
    {
        int start = bytes.FindIndex(at, letter => char.IsAsciiDigit((char)letter));
        if (start < 0)
            return;
        int end = start;
        while (end < bytes.Count && char.IsAsciiDigit((char)bytes[end]))
            end++;
        bool isNear = rng.OneIn(3) && long.TryParse(Encoding.ASCII.GetString([.. bytes.GetRange(start, end - start)]), out _);
        string text = isNear
            ? (long.Parse([.. bytes.GetRange(start, end - start)], CultureInfo.InvariantCulture) + rng.Below(5) - 2)
                .ToString(CultureInfo.InvariantCulture)
            : rng.Pick(EdgeTexts);
        bytes.RemoveRange(start, end - start);
        bytes.InsertRange(start, Encoding.ASCII.GetBytes(text));
    }

    private void ReplaceToken(List<byte> bytes, int at, Rng rng)
    {
        byte[] token = rng.Pick(tokens);
        bytes.RemoveRange(at, Math.Min(token.Length, bytes.Count - at));
        bytes.InsertRange(at, token);
    }
}
