using System.CommandLine;

namespace Nabla.Cli;

/// <summary>The training options of a command.</summary>
/// <param name="options">In the order in which they are applied.</param>
/// <param name="defaults">The settings if no option is given.</param>
internal sealed class TrainingOptionSet(IReadOnlyList<ITrainingOption> options, TrainingSettings defaults)
{
    public void AddTo(Command command)
    {
        foreach (var option in options)
            command.Add(option.Symbol);
    }

    /// <summary>The name of the first option that was given; null if none was.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="except">Names of options to ignore.</param>
    public string? FirstGiven(ParseResult parse, params string[] except) =>
        options.FirstOrDefault(option => option.IsGiven(parse) && !except.Contains(option.Symbol.Name))?.Symbol.Name;

    /// <summary>Whether an option was given.</summary>
    public bool IsGiven(ParseResult parse, string name) => options.Any(option => option.Symbol.Name == name && option.IsGiven(parse));

    /// <summary>The same set without some options.</summary>
    public TrainingOptionSet Except(params string[] names) =>
        new([.. options.Where(option => !names.Contains(option.Symbol.Name))], defaults);

    /// <summary>The options that were given, as a user would type them, each after a space.</summary>
    public string ToArguments(ParseResult parse) => string.Concat(
        from option in options
        where option.IsGiven(parse)
        from word in parse.GetResult(option.Symbol)!.Tokens.Select(token => ShellWord.Quote(token.Value)).Prepend(option.Symbol.Name)
        select $" {word}");

    /// <summary>The settings that the command line asks for, validated.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="start">The settings if no option is given; null for the usual ones.</param>
    /// <exception cref="UsageException">Two options contradict each other.</exception>
    /// <exception cref="InvalidOptionException">Options contradict each other, or are out of range.</exception>
    public TrainingSettings Bind(ParseResult parse, TrainingSettings? start = null)
    {
        var given = options.Where(option => option.IsGiven(parse)).ToArray();
        foreach (var option in given)
        {
            if (given.FirstOrDefault(other => other.Symbol.Name == option.Opposite) is { } other)
            {
                throw new UsageException(
                    $"{other.Symbol.Name} and {option.Symbol.Name} contradict each other", "only one of them can be given",
                    "Omit one of them.");
            }
        }
        var settings = given.Aggregate(start ?? defaults, (settings, option) => option.Apply(parse, settings));
        RequireUsable(settings.Preset);
        return settings;
    }

    /// <summary>Options for one of the tasks are enough: training checks those of its own task.</summary>
    private static void RequireUsable(Preset preset)
    {
        try
        {
            preset.ForValues.Validate();
        }
        catch (InvalidOptionException)
        {
            preset.ForClasses.Validate();
        }
    }
}
