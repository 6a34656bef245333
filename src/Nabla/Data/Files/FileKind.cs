using System.Buffers;
using System.Text;

namespace Nabla;

/// <summary>Says what a file seems to be from its first bytes, for messages about a file that is not what its name says.</summary>
internal static class FileKind
{
    /// <summary>Bytes to show to <see cref="Describe"/>.</summary>
    public const int BytesNeeded = 64;

    /// <summary>What it seems to be, e.g. <c>a web page (HTML), as a failed download leaves behind</c>.</summary>
    /// <param name="start">The first bytes of the file, up to <see cref="BytesNeeded"/>.</param>
    public static string Describe(ReadOnlySpan<byte> start)
    {
        if (start.IsEmpty)
            return "an empty file";
        foreach (var (magic, kind) in Kinds)
        {
            if (start.StartsWith(magic))
                return kind;
        }
        if (start.Length > 8 && start[8] == '{' && start[4..8].IndexOfAnyExcept((byte)0) < 0)
            return "a safetensors file";
        return start.ContainsAnyExcept(TextBytes) ? "of an unknown kind" : DescribeText(start);
    }

    private static readonly SearchValues<byte> TextBytes = SearchValues.Create([.. "\t\r\n"u8, .. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (byte)c)]);

    private static readonly (byte[] Magic, string Kind)[] Kinds =
    [
        ([0x93, .. "NUMPY"u8], "a single NumPy array (.npy)"),
        ([.. "PK\u0003\u0004"u8], "a zip archive (.npz, if NumPy wrote it)"),
        ([.. "PK\u0005\u0006"u8], "an empty zip archive"),
        ([0x1f, 0x8b], "a gzip file"),
        ([0x89, .. "HDF"u8], "an HDF5 file"),
        ([0x89, .. "PNG"u8], "a PNG image"),
        ([0x80, 2], "a Python pickle"),
        ([0x80, 3], "a Python pickle"),
        ([0x80, 4], "a Python pickle"),
        ([0x80, 5], "a Python pickle"),
        ([0, 0, 8], "an IDX file"),
        ([.. "version https://git-lfs"u8], "a Git LFS pointer: the content was never fetched"),
    ];

    private static string DescribeText(ReadOnlySpan<byte> start)
    {
        string text = Encoding.ASCII.GetString(start).TrimStart();
        bool isHtml = text.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<head", StringComparison.OrdinalIgnoreCase);
        return isHtml ? "a web page (HTML), as a failed download leaves behind" : "a text file";
    }
}
