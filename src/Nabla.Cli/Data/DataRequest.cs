namespace Nabla.Cli;

/// <summary>The requested data; null for parts that were not given.</summary>
/// <param name="Name">mnist, digits, a file or a folder.</param>
/// <param name="Folder">The folder to search for mnist.</param>
/// <param name="Targets">The columns to predict; may be empty.</param>
/// <param name="Kind">Whether the targets are classes or values.</param>
internal sealed record DataRequest(string? Name, string? Folder, IReadOnlyList<string> Targets, TargetKind Kind = TargetKind.Automatic)
{
    /// <summary>How to read a table.</summary>
    public TableSettings Table { get; init; } = new();

    /// <summary>The request as a user would type it.</summary>
    /// <param name="withTarget">Whether to include the targets; a saved model contains them.</param>
    public string ToArguments(bool withTarget)
    {
        string words = ShellWord.Quote(Name ?? "");
        if (Folder is not null && Name == NamedData.Mnist)
            words += $" --data-dir {ShellWord.Quote(Folder)}";
        if (withTarget)
            words += string.Concat(Targets.Select(target => $" --target {ShellWord.Quote(target)}"));
        return words + Table.ToArguments();
    }

    /// <summary>Whether targets of either kind are read as values: the loss accepts nothing else.</summary>
    public bool PrefersValues { get; private init; }

    /// <summary>The request with the kind of targets that a loss needs, if the user did not decide.</summary>
    public DataRequest Preferring(Loss? loss) => this with { PrefersValues = loss is { TakesClasses: false } };

    /// <summary>The request with the kind of targets that a model needs.</summary>
    public DataRequest For(Model model) => this with { Kind = TaskOption.Names[model.Task] };
}
