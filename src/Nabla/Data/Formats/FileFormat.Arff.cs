namespace Nabla;

public sealed partial class FileFormat
{
    /// <summary>ARFF files, which Weka writes.</summary>
    private static FileFormat Arff { get; } = new(
        "arff", "an ARFF file, as Weka writes it: save it as CSV", [".arff"],
        IsArff);

    private static bool IsArff(ReadOnlySpan<byte> start)
    {
        // Comments begin with a percent sign.
        while (start.StartsWith("%"u8) && start.IndexOf((byte)'\n') is >= 0 and int end)
            start = start[(end + 1)..].TrimStart("\r\n"u8);
        return start.Length > 9 && System.Text.Ascii.EqualsIgnoreCase(start[..9], "@relation"u8);
    }
}
