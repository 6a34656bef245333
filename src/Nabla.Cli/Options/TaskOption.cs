using System.CommandLine;

namespace Nabla.Cli;

/// <summary><c>--task</c>: whether to predict classes or values.</summary>
internal sealed class TaskOption() : ValueOption<TargetKind>(
    OptionName, "NAME",
    "classification or regression (default: classification for texts and few different whole numbers, otherwise regression).",
    new ValueFormat<TargetKind>(
        $"one of {string.Join(", ", Names.Keys)}", "regression",
        (string text, out TargetKind kind) => Names.TryGetValue(text, out kind))
    {
        Candidates = _ => Candidate.Names(Names.Keys),
    })
{
    private const string OptionName = "--task";

    /// <summary>The tasks by name.</summary>
    public static IReadOnlyDictionary<string, TargetKind> Names { get; } =
        new Dictionary<string, TargetKind>(StringComparer.OrdinalIgnoreCase)
        {
            ["classification"] = TargetKind.Classes,
            ["regression"] = TargetKind.Values,
        };

    /// <summary>The option for targets, as a user would type it, after a space.</summary>
    public static string ToArguments(Targets targets) =>
        $" {OptionName} {Names.First(name => name.Value == (targets is ClassTargets ? TargetKind.Classes : TargetKind.Values)).Key}";

    /// <summary>The option as a user would type it, after a space; empty if it was not given.</summary>
    public string ToArguments(ParseResult parse) => IsGiven(parse) ? $" {Name} {parse.GetResult(this)!.Tokens[0].Value}" : "";
}
