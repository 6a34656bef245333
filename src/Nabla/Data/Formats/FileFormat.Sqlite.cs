namespace Nabla;

public sealed partial class FileFormat
{
    /// <summary>Databases of SQLite.</summary>
    private static FileFormat Sqlite { get; } = new(
        "sqlite", "an SQLite database: save a table of it as CSV", [".db", ".sqlite"],
        start => start.StartsWith("SQLite format 3"u8));
}
