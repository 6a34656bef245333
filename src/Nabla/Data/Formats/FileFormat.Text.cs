using System.Buffers;

namespace Nabla;

public sealed partial class FileFormat
{
    // Tab, line breaks, form feed, DOS's end of file (0x1A) and escape occur in texts; other control characters do not.
    private static readonly SearchValues<byte> NeverInText = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 0x0E, 0x0F, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1C, 0x1D, 0x1E, 0x1F]);

    /// <summary>Text in any encoding that extends ASCII, such as CSV. The first bytes do not tell more.</summary>
    private static FileFormat Text { get; } = new(
        "text", "a text file", [".csv", ".tsv", ".txt"], start => !start.ContainsAny(NeverInText));
}
