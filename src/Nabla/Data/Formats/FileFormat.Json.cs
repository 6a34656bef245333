namespace Nabla;

public sealed partial class FileFormat
{
    /// <summary>Objects or lists of objects in JSON.</summary>
    private static FileFormat Json { get; } = new(
        "json", "a JSON file: save the table as CSV", [".json"],
        start => start.TrimStart(" \t\r\n"u8) is [(byte)'[', ..] or [(byte)'{', ..]
            && start.IndexOf((byte)'"') >= 0 && start.IndexOf((byte)':') >= 0);
}
