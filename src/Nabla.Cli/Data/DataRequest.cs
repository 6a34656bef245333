namespace Nabla.Cli;

/// <summary>The data that the user asked for; null for what was left out.</summary>
/// <param name="Name">mnist, digits, or a file or folder.</param>
/// <param name="Folder">Where mnist is looked for.</param>
/// <param name="Targets">The columns to predict; empty if none was named.</param>
/// <param name="Kind">What the targets are.</param>
internal sealed record DataRequest(string? Name, string? Folder, IReadOnlyList<string> Targets, TargetKind Kind = TargetKind.Automatic)
{
    /// <summary>The request as a user would type it.</summary>
    /// <param name="withTarget">Whether to name the targets; a saved model knows them.</param>
    public string ToArguments(bool withTarget)
    {
        string words = ShellWord.Quote(Name ?? "");
        if (Folder is not null && Name == NamedData.Mnist)
            words += $" --data-dir {ShellWord.Quote(Folder)}";
        if (withTarget)
            words += string.Concat(Targets.Select(target => $" --target {ShellWord.Quote(target)}"));
        return words;
    }

    /// <summary>The request for data of a model, whose task says what the targets are.</summary>
    public DataRequest For(Model model) => this with { Kind = TaskOption.Names[model.Task] };
}
