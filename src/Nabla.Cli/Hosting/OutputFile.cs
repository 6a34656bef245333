namespace Nabla.Cli;

/// <summary>The file for a result. Checked before the work starts, so that a misspelt folder does not cost hours of training.</summary>
internal sealed class OutputFile
{
    private readonly string option;

    private OutputFile(string path, string shown, string option)
    {
        FullPath = path;
        DisplayPath = shown;
        this.option = option;
    }

    public string FullPath { get; }

    /// <summary>The path as it is shown to the user.</summary>
    public string DisplayPath { get; }

    /// <summary>Checks that a file can be written, by creating an empty file beside it and deleting it.</summary>
    /// <param name="path">The path, as the user wrote it.</param>
    /// <param name="extension">The extension of such files: <c>.safetensors</c>.</param>
    /// <param name="terminal">The outside world.</param>
    /// <param name="option">The option that chooses the path, for messages.</param>
    /// <exception cref="OutputException">Saving would fail, for example because the folder is missing.</exception>
    /// <exception cref="UsageException">The path has the extension of another format.</exception>
    public static OutputFile Check(string path, string extension, Terminal terminal, string option = "--out")
    {
        CheckExtension(path, extension, option);
        string full = terminal.FullPath(path);
        string shown = terminal.DisplayPath(path);
        try
        {
            AtomicFile.Check(full);
        }
        catch (FileOutputException e) when (e.MissingFolder is { } missing)
        {
            string folder = terminal.DisplayPath(missing);
            throw new OutputException(
                $"cannot write {shown}", option, $"the folder {folder} does not exist",
                $"Create it first: mkdir -p {ShellWord.Quote(folder)}", e);
        }
        catch (FileOutputException e)
        {
            throw new OutputException($"cannot write {shown}", option, e.Why, $"Choose another file with {option}.", e);
        }
        return new OutputFile(full, shown, option);
    }

    /// <summary>Requires that the file is not one that is read: it would be replaced.</summary>
    /// <param name="what">What is read, for the message: <c>the model</c>.</param>
    /// <param name="read">Its path; null or empty if there is none.</param>
    /// <param name="terminal">The outside world.</param>
    /// <exception cref="UsageException">It is the same file.</exception>
    public void RequireOtherThan(string what, string? read, Terminal terminal)
    {
        if (!string.IsNullOrEmpty(read) && AtomicFile.IsSame(FullPath, terminal.FullPath(read)))
        {
            throw new UsageException(
                $"cannot write {DisplayPath}", $"it is the file of {what}, and would be replaced", $"Choose another file with {option}.");
        }
    }

    /// <summary>Requires that a name has the extension of its format, or none. A dot before digits, as in run-0.5, begins none.</summary>
    private static void CheckExtension(string path, string extension, string option)
    {
        string given = Path.GetExtension(path);
        if (given.Skip(1).All(char.IsAsciiDigit) || given.Equals(extension, StringComparison.OrdinalIgnoreCase))
            return;
        throw new UsageException(
            $"cannot use {option} {path}", $"the file would be a {extension} file, not a {given} file",
            $"{option} {ShellWord.Quote(Path.ChangeExtension(path, extension))}");
    }

    /// <summary>Saves the result, and explains a failure.</summary>
    /// <exception cref="OutputException">
    /// The result could not be written and an older file is unchanged, or it was and the disk did not confirm it.
    /// </exception>
    public void Save(Action<string> save)
    {
        try
        {
            save(FullPath);
        }
        catch (FileOutputException e)
        {
            string remedy = e.IsReplaced ? "Check the disk, and save again."
                : File.Exists(FullPath) ? $"Free some space or choose another place with {option}; the existing file is unchanged."
                : $"Free some space or choose another place with {option}.";
            throw new OutputException($"cannot save {DisplayPath}", DisplayPath, e.Why, remedy, e);
        }
    }
}
