using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Nabla.Cli;

/// <summary>
/// <c>nabla [suggest] LINE</c>, which the scripts of <c>nabla completions</c> run: prints what can stand at the end of a command line,
/// one candidate per line, each followed by a space and its description if it has one.
/// </summary>
internal sealed class SuggestAction(SuggestDirective directive, Terminal terminal) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        string line = parseResult.Tokens.LastOrDefault(token => token.Type != TokenType.Directive)?.Value ?? "";
        // [suggest:10] completes what is before the tenth character.
        if (parseResult.GetResult(directive)?.Values is [var position, ..]
            && int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out int end) && end < line.Length)
            line = line[..end];
        // The first word is the program's name.
        string[] words = [.. ShellLine.Split(line).Skip(1)];
        if (words.Length == 0)
            return ExitCode.Done;
        foreach (var item in Suggestions.For(parseResult.RootCommandResult.Command, words))
            terminal.Out.WriteLine($"{item.Label} {item.Detail}".TrimEnd());
        return ExitCode.Done;
    }
}
