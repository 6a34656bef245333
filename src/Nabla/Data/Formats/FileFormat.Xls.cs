namespace Nabla;

public sealed partial class FileFormat
{
    /// <summary>Documents of Microsoft Office before 2007.</summary>
    private static FileFormat Xls { get; } = new(
        "xls", "an old Excel workbook or another document of Microsoft Office: save the sheet as CSV (UTF-8)", [".xls"],
        start => start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]));
}
