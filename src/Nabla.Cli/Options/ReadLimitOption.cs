using System.CommandLine;
using System.Globalization;

namespace Nabla.Cli;

/// <summary><c>--max-bytes</c> of commands that read files.</summary>
internal sealed class ReadLimitOption() : ValueOption<long>(
    "--max-bytes", "SIZE",
    "Refuse an array, tensor, picture or table that takes more memory: bytes, or a size such as 500MB or 2GB (default: no limit).",
    new ValueFormat<long>("a number of bytes, or a size such as 500MB or 2GB", "500MB", TryRead)
    {
        Candidates = _ => Candidate.Names(["100MB", "1GB"]),
    })
{
    private static readonly (string Suffix, long Bytes)[] Units =
        [("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1_000), ("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10), ("", 1)];

    /// <summary>Sets the limit that the command line asks for, until the result is disposed; null without one.</summary>
    public static IDisposable? Use(ParseResult parse) =>
        parse.CommandResult.Command.Options.OfType<ReadLimitOption>().SingleOrDefault() is { } option && option.IsGiven(parse)
            ? ReadLimit.Use(parse.GetValue(option))
            : null;

    private static bool TryRead(string text, out long bytes)
    {
        var (suffix, unit) = Units.First(each => text.EndsWith(each.Suffix, StringComparison.OrdinalIgnoreCase));
        string digits = text[..^suffix.Length];
        bool isNumber = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long count);
        bytes = isNumber && count <= long.MaxValue / unit ? count * unit : 0;
        return bytes > 0;
    }
}
