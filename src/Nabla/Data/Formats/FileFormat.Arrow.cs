namespace Nabla;

public sealed partial class FileFormat
{
    /// <summary>Tables of Apache Arrow.</summary>
    private static FileFormat Arrow { get; } = new(
        "arrow", "an Arrow (Feather) file: save the table as CSV, as pandas does with to_csv(..., index=False)", [".arrow", ".feather"],
        start => start.StartsWith("ARROW1"u8));
}
