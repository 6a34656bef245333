namespace Nabla;

public sealed partial class FileFormat
{
    /// <summary>Workbooks of Excel 2007 and later: zip archives of XML.</summary>
    private static FileFormat Xlsx { get; } = new(
        "xlsx", "an Excel workbook: save the sheet as CSV (UTF-8)", [".xlsx"],
        start => start.StartsWith("PK\u0003\u0004"u8) && start.Length > NameInZip
            && (start.IndexOf("[Content_Types].xml"u8) == NameInZip || start[NameInZip..].StartsWith("xl/"u8)));
}
