namespace Nabla.Cli;

/// <summary>The data that the user asked for; null for what was left out.</summary>
/// <param name="Name">mnist, digits, or a file or folder.</param>
/// <param name="Folder">Where mnist is looked for.</param>
/// <param name="Target">The column to predict.</param>
internal sealed record DataRequest(string? Name, string? Folder, string? Target)
{
    /// <summary>The request as a user would type it.</summary>
    /// <param name="withTarget">Whether to name the target; a saved model knows it.</param>
    public string ToArguments(bool withTarget)
    {
        string words = ShellWord.Quote(Name ?? "");
        if (Folder is not null && Name == NamedData.Mnist)
            words += $" --data-dir {ShellWord.Quote(Folder)}";
        if (withTarget && Target is not null)
            words += $" --target {ShellWord.Quote(Target)}";
        return words;
    }
}
