using System.CommandLine;

namespace Nabla.Cli;

/// <summary>The training options of a trial, read as <c>nabla train</c> reads its own.</summary>
internal sealed class TrialCommand : Command
{
    private static readonly ParserConfiguration NoResponseFiles = new() { ResponseFileTokenReplacer = null };

    private readonly TrainingOptionSet training = Tryable;

    public TrialCommand()
        : base("trial") => training.AddTo(this);

    /// <summary>The names of the options that can be tried, without dashes: those with a value that changes the result.</summary>
    public static IEnumerable<string> Names => new TrialCommand().Options.Where(IsTryable).Select(option => option.Name[2..]);

    /// <summary>Whether the option takes a number of a type, so that it can be drawn from a range.</summary>
    /// <exception cref="UsageException">There is no such option, or it cannot be tried.</exception>
    public bool TakesNumber<T>(string name) => Find(name) is ValueOption<T>;

    /// <summary>Requires that an option takes a value.</summary>
    /// <exception cref="UsageException">It does not; the message says what it takes.</exception>
    public void RequireValue(string name, string value)
    {
        var option = Find(name);
        if (ParseProblem.Find(Parse([option.Name, value], NoResponseFiles)) is not { } problem)
            return;
        string example = ((IDescribedOption)option).Example;
        throw new UsageException(
            $"cannot use --try {name}={value}", problem.Why!,
            problem.Remedy == example ? $"--try {name}={example[(option.Name.Length + 1)..]}" : problem.Remedy!);
    }

    /// <summary>The settings of a trial.</summary>
    /// <param name="arguments">Options as a user would type them.</param>
    /// <param name="start">The settings without any option; null for the usual ones.</param>
    /// <exception cref="UsageException">Two options contradict each other.</exception>
    /// <exception cref="InvalidOptionException">Options contradict each other.</exception>
    public TrainingSettings Read(string arguments, TrainingSettings? start) =>
        training.Bind(Parse([.. ShellWord.Split(arguments)], NoResponseFiles), start);

    private static TrainingOptionSet Tryable => TrainingOptionCatalogue.ForTraining().Except("--threads");

    private static bool IsTryable(Option option) => option is IDescribedOption;

    private Option Find(string name)
    {
        if (Options.FirstOrDefault(option => option.Name == $"--{name}") is { } found)
        {
            return IsTryable(found) ? found : throw new UsageException(
                $"cannot try {name}", "it takes no value", $"Add --{name} to the command: it then holds for all trials.");
        }
        string[] names = [.. Options.Where(IsTryable).Select(option => option.Name)];
        string? meant = OtherNames.Option($"--{name}", names) ?? Spelling.Nearest($"--{name}", names);
        throw new UsageException(
            $"cannot try {name}", "a search has no option of that name to try",
            meant is null ? "nabla train --help lists the options." : $"Did you mean {meant[2..]}?");
    }
}
