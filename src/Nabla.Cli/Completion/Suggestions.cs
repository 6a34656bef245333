using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;

namespace Nabla.Cli;

/// <summary>What can stand at the end of a command line: commands, options, and values of options and arguments.</summary>
/// <remarks>
/// <see cref="ParseResult.GetCompletions"/> proposes arguments that are already given and values for options that take none, and fails
/// with <c>--option=</c>.
/// </remarks>
internal sealed class Suggestions
{
    private readonly Command root;
    private readonly string word;
    private readonly ParseResult parse;
    private readonly Command command;

    private Suggestions(Command root, IReadOnlyList<string> words)
    {
        this.root = root;
        word = words[^1];
        parse = root.Parse([.. words.SkipLast(1)], new ParserConfiguration { ResponseFileTokenReplacer = null });
        command = parse.CommandResult.Command;
    }

    /// <summary>The candidates for the last word; <see cref="Candidate.Files"/> among them where a file can stand.</summary>
    /// <param name="root">The program.</param>
    /// <param name="words">The words after the program's name, at least one.</param>
    public static IEnumerable<CompletionItem> For(Command root, IReadOnlyList<string> words) => new Suggestions(root, words).All();

    private CompletionItem[] All()
    {
        if (command.Subcommands.Count > 0 && parse.UnmatchedTokens.Count > 0)
            return [];
        if (parse.Tokens.Any(token => token.Type == TokenType.DoubleDash))
            return Begun(NextArgument());
        bool isOption = word.StartsWith('-');
        if (parse.Tokens is [.., { Type: TokenType.Option } last] && Find(last.Value) is { } option && NeedsValue(option, isOption))
            return Begun(Values(option, word));
        if (!isOption)
            return Begun([.. Commands(), .. NextArgument()]) is [_, ..] names ? names : Begun(Options());
        int valueStart = word.IndexOf('=', StringComparison.Ordinal) + 1;
        return Begun(valueStart == 0 ? Options() : InlineValues(word[..valueStart], word[valueStart..]));
    }

    private CompletionItem[] Begun(IEnumerable<CompletionItem> items) =>
        [.. items.Where(item => item == Candidate.Files || item.Label.StartsWith(word, StringComparison.Ordinal))];

    private IEnumerable<CompletionItem> Commands() =>
        command.Subcommands.Where(sub => !sub.Hidden).Select(sub => new CompletionItem(sub.Name, detail: sub.Description));

    /// <summary>Values of the first argument that takes more.</summary>
    private IEnumerable<CompletionItem> NextArgument()
    {
        var next = command.Arguments.FirstOrDefault(
            argument => (parse.GetResult(argument)?.Tokens.Count ?? 0) < argument.Arity.MaximumNumberOfValues);
        return next?.CompletionSources.SelectMany(source => source(CompletionContext.Empty)) ?? [];
    }

    /// <summary>The options that can be given, or given again.</summary>
    private IEnumerable<CompletionItem> Options() =>
        from option in AllOptions()
        where !option.Hidden && (option is RepeatedOption || parse.GetResult(option) is null or { Implicit: true })
        select new CompletionItem(option.Name, detail: option.Description);

    // Only options of the root that say so hold for all commands: --help, but not --version.
    private IEnumerable<Option> AllOptions() =>
        command == root ? root.Options : [.. command.Options, .. root.Options.Where(o => o.Recursive)];

    private Option? Find(string name) => AllOptions().FirstOrDefault(option => option.Name == name);

    private static bool NeedsValue(Option option, bool isOption) =>
        option is IDescribedOption && (option.Arity.MinimumNumberOfValues > 0 || !isOption);

    private static IEnumerable<CompletionItem> Values(Option option, string value) =>
        (option as IDescribedOption)?.Candidates(value) ?? [];

    private IEnumerable<CompletionItem> InlineValues(string typed, string value) =>
        from item in Find(typed[..^1]) is { } option ? Values(option, value) : []
        select item == Candidate.Files ? item : new CompletionItem(typed + item.Label, detail: item.Detail);
}
