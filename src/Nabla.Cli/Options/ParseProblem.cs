using System.CommandLine;
using System.CommandLine.Parsing;

namespace Nabla.Cli;

/// <summary>Says in our own words what System.CommandLine found wrong: the first problem, with its remedy.</summary>
internal static class ParseProblem
{
    /// <returns>Null where nothing is wrong.</returns>
    public static Problem? Find(ParseResult parse)
    {
        Command command = parse.CommandResult.Command;
        string name = CommandName.Full(parse.CommandResult);
        // Before the command is known, nothing can be said about its options.
        if (command.Subcommands.Count > 0 && parse.UnmatchedTokens is [var word, ..] && !word.StartsWith('-'))
            return Unmatched(word, command, name);
        // The value of a misspelt option is unmatched as well; the option comes first, and is the one to name.
        if (MisspeltOption(parse) is { } misspelt)
            return UnknownOption(misspelt, command, name);
        if (parse.UnmatchedTokens.Count > 0)
            return Unmatched(parse.UnmatchedTokens[0], command, name);
        if (parse.Errors.Count == 0)
            return null;
        ParseError error = parse.Errors[0];
        return error.SymbolResult switch
        {
            OptionResult option => FromOption(option, name),
            ArgumentResult { Parent: OptionResult option } => FromOption(option, name),
            ArgumentResult argument =>
                Usage(name, $"{argument.Argument.Name} is missing", argument.Argument.Description, $"See {name} --help."),
            CommandResult when command.Subcommands.Count > 0 =>
                Usage(name, "a command is missing", $"{name} has several", Commands(command, name)),
            CommandResult when command.Arguments.FirstOrDefault(a => parse.GetResult(a) is null or { Tokens.Count: 0 }) is { } missing =>
                Usage(name, $"{missing.Name} is missing", missing.Description, $"See {name} --help."),
            _ => Usage(name, "the command line cannot be read", error.Message, $"See {name} --help."),
        };
    }

    private static Problem FromOption(OptionResult result, string command)
    {
        var described = result.Option as IDescribedOption;
        string option = result.Option.Name;
        string why = described is null ? "it takes no value" : $"{option} takes {described.Expected}";
        string remedy = described?.Example ?? option;
        return result switch
        {
            { IdentifierTokenCount: > 1 } =>
                Usage(command, $"{option} is given {result.IdentifierTokenCount} times", "it may be given only once", remedy),
            { Tokens.Count: 0 } => Usage(command, $"{option} has no value", why, remedy),
            { Tokens: [var token, ..] } when described?.Explain(token.Value) is { } wrong =>
                Usage(command, $"cannot use {option} {token.Value}", wrong.Problem, wrong.Remedy),
            _ => Usage(command, $"cannot use {option} {result.Tokens[0].Value}", why, remedy),
        };
    }

    /// <summary>System.CommandLine reads an unknown option as an argument, DATA for instance.</summary>
    private static string? MisspeltOption(ParseResult parse)
    {
        if (parse.Tokens.Any(token => token.Type == TokenType.DoubleDash))
            return null;
        var arguments = parse.CommandResult.Command.Arguments
            .SelectMany(argument => parse.GetResult(argument)?.Tokens ?? [])
            .Select(token => token.Value);
        return arguments.Concat(parse.UnmatchedTokens).FirstOrDefault(token => token.StartsWith('-') && token.Length > 1);
    }

    private static Problem UnknownOption(string token, Command command, string name)
    {
        string option = token.Split('=')[0];
        string[] candidates = [.. command.Options.Where(o => !o.Hidden).Select(o => o.Name)];
        string? meant = OtherNames.Option(option, candidates) ?? Spelling.Nearest(option, candidates);
        return Usage(
            name, $"unknown option {option}", $"{name} has no option of that name", meant is null
                ? $"{name} --help lists the options." : $"Did you mean {meant}?");
    }

    private static Problem Unmatched(string token, Command command, string name)
    {
        if (command.Subcommands.Count > 0)
        {
            string[] candidates = [.. command.Subcommands.Select(c => c.Name)];
            string? meant = Spelling.Nearest(token, candidates);
            if (meant is null && OtherNames.Command(token) is { } other && candidates.Contains(other))
                meant = other;
            return Usage(
                name, $"unknown command {token}", $"{name} has no command of that name", meant is null
                    ? Commands(command, name) : $"{name} {meant}");
        }
        string takes = command.Arguments.Count == 0 ? "nothing but options" : string.Join(" ", command.Arguments.Select(a => a.Name));
        return Usage(
            name, $"{token} is one argument too many", $"{name} takes {takes}", $"See {name} --help; a value with spaces needs quotes.");
    }

    private static string Commands(Command command, string name) => $"{name} {string.Join(" | ", command.Subcommands.Select(c => c.Name))}";

    private static Problem Usage(string where, string what, string? why, string remedy) =>
        new(ExitCode.WrongUsage, what, where, why, remedy);
}
