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
    /// <exception cref="OutputException">The folder is missing or cannot be written to, or the path is a folder or a device.</exception>
    /// <exception cref="UsageException">The path has the extension of another format.</exception>
    public static OutputFile Check(string path, string extension, Terminal terminal, string option = "--out")
    {
        CheckExtension(path, extension, option);
        string full = terminal.FullPath(path);
        string shown = terminal.DisplayPath(path);
        string folder = Path.GetDirectoryName(full) ?? full;
        if (Directory.Exists(full) || Path.EndsInDirectorySeparator(path))
            throw Unusable(option, shown, "it is a folder", $"Use {option} with the path of a file.");
        if (File.Exists(folder))
        {
            throw Unusable(
                option, shown, $"{terminal.DisplayPath(folder)} is a file, not a folder", $"Choose another folder with {option}.");
        }
        if (!Directory.Exists(folder))
        {
            throw Unusable(
                option, shown, $"the folder {terminal.DisplayPath(folder)} does not exist",
                $"Create it first: mkdir -p {terminal.DisplayPath(folder)}");
        }
        // Saving replaces the file, and a device must never be replaced.
        if (full.StartsWith("/dev/", StringComparison.Ordinal))
            throw Unusable(option, shown, "it is a device", $"Choose an ordinary file with {option}.");
        Probe(folder, shown, terminal, option);
        return new OutputFile(full, shown, option);
    }

    /// <summary>Requires that the file is not one that is read: it would be replaced.</summary>
    /// <param name="what">What is read, for the message: <c>the model</c>.</param>
    /// <param name="read">Its path; null or empty if there is none.</param>
    /// <param name="terminal">The outside world.</param>
    /// <exception cref="UsageException">It is the same file.</exception>
    public void RequireOtherThan(string what, string? read, Terminal terminal)
    {
        if (!string.IsNullOrEmpty(read) && Target(terminal.FullPath(read)) == Target(FullPath))
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
    /// <exception cref="OutputException">The result could not be written; an older file is unchanged.</exception>
    public void Save(Action<string> save)
    {
        try
        {
            save(FullPath);
        }
        catch (Exception e) when (FileError.Is(e))
        {
            string remedy = File.Exists(FullPath)
                ? $"Free some space or choose another place with {option}; the existing file is unchanged."
                : $"Free some space or choose another place with {option}.";
            throw new OutputException($"cannot save {DisplayPath}", DisplayPath, FileError.Why(e), remedy, e);
        }
    }

    /// <summary>The file that a path stands for, without symbolic links in it.</summary>
    private static string Target(string path)
    {
        if (Path.GetDirectoryName(path) is not { } folder)
            return path;
        path = Path.Combine(Target(folder), Path.GetFileName(path));
        var file = new FileInfo(path);
        return file.LinkTarget is null ? path : file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
    }

    private static void Probe(string folder, string shown, Terminal terminal, string option)
    {
        string probe = Path.Combine(folder, $".nabla-{Guid.NewGuid():N}");
        try
        {
            using (File.Create(probe, 1, FileOptions.DeleteOnClose))
            {
            }
        }
        catch (Exception e) when (FileError.Is(e))
        {
            throw Unusable(
                option, shown, $"the folder {terminal.DisplayPath(folder)} cannot be written to",
                $"Choose another folder with {option}, or change its permissions.");
        }
    }

    private static OutputException Unusable(string option, string shown, string why, string remedy) =>
        new($"cannot write {shown}", option, why, remedy);
}
