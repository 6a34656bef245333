using System.Text;

namespace Nabla.Fuzz;

/// <summary>A file that must be refused.</summary>
/// <param name="Reader">The reader, by the name of its target.</param>
/// <param name="Name">What is wrong with it, unique for the reader.</param>
/// <param name="Bytes">The file.</param>
internal sealed record BadFile(string Reader, string Name, byte[] Bytes)
{
    /// <summary>Every beginning of a file, some bytes apart.</summary>
    public static IEnumerable<BadFile> Truncations(string reader, string name, byte[] whole, int step) =>
        from length in Enumerable.Range(0, whole.Length)
        where length % step == 0 || length == whole.Length - 1
        select new BadFile(reader, $"{name} of {whole.Length} bytes ends after {length}", whole[..length]);

    /// <summary>A copy with other bytes at an offset.</summary>
    public static byte[] With(byte[] file, int offset, params byte[] bytes)
    {
        var changed = (byte[])file.Clone();
        bytes.CopyTo(changed.AsSpan(offset));
        return changed;
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
