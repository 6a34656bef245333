namespace Nabla.Cli;

/// <summary>What the user said about the data; null for what was not said.</summary>
/// <param name="Name">mnist, digits, or a file or folder.</param>
/// <param name="Folder">Where mnist is looked for.</param>
/// <param name="Target">The column that is to be predicted.</param>
internal sealed record DataRequest(string? Name, string? Folder, string? Target)
{
    /// <summary>The request as one would type it.</summary>
    /// <param name="withTarget">A saved model knows its target column.</param>
    public string Words(bool withTarget)
    {
        string words = ShellWord.Quote(Name ?? "");
        if (Folder is not null && Name == DataSource.MnistName)
            words += $" --data-dir {ShellWord.Quote(Folder)}";
        if (withTarget && Target is not null)
            words += $" --target {ShellWord.Quote(Target)}";
        return words;
    }
}
