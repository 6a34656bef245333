using System.CommandLine;
using System.CommandLine.Parsing;

namespace Nabla.Cli;

/// <summary>The options of a command line that can change a result.</summary>
internal static class WrittenOptions
{
    /// <summary>
    /// Each option with its values, as a user would type it; without threads, limits and where rows are kept, which change no result.
    /// </summary>
    /// <param name="parse">The command line.</param>
    /// <param name="except">Other options that are left out.</param>
    public static IEnumerable<string> Of(ParseResult parse, params Option[] except) => parse.CommandResult.Children
        .OfType<OptionResult>()
        .Where(result => result is { Implicit: false, Option: not (ReadLimitOption or OnDiskSwitch) }
            && result.Option.Name != ThreadsOption.OptionName && !except.Contains(result.Option))
        .Select(result => result.Tokens.Count == 0
            ? result.Option.Name
            : string.Join(' ', result.Tokens.Select(token => $"{result.Option.Name} {ShellWord.Quote(token.Value)}")));
}
