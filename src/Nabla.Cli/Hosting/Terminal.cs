using Spectre.Console;

namespace Nabla.Cli;

/// <summary>Everything that a command knows of the outside world. It is passed in, so that tests can replace it.</summary>
internal sealed record Terminal
{
    /// <summary>Standard output, for results: epoch lines, predictions, JSON.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Standard error, for messages: progress, warnings, errors.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Opens standard input.</summary>
    public Func<Stream> OpenInput { get; init; } = () => Stream.Null;

    /// <summary>The screen for live progress; null in a pipe, with NO_COLOR and on a dumb terminal.</summary>
    public IAnsiConsole? Screen { get; init; }

    /// <summary>Environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The folder of relative paths; null if there is none, because it was deleted or may not be seen.</summary>
    public required string? CurrentDirectory { get; init; }

    /// <summary>Nabla's folder in the user's cache; it may not exist.</summary>
    public required string CacheDirectory { get; init; }

    /// <summary>Measures how long training takes.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Sends requests to the network.</summary>
    public required HttpMessageHandler Network { get; init; }

    /// <summary>Ctrl-C and similar signals.</summary>
    public required Interruption Interruption { get; init; }

    /// <summary>The value of an environment variable; null if it is missing or empty.</summary>
    public string? Variable(string name) => Environment.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;

    /// <summary>The full path of a path that the user wrote.</summary>
    /// <exception cref="UsageException">The path is empty, as with an unset variable in a script.</exception>
    /// <exception cref="InvalidInputException">The path is relative, and there is no current folder.</exception>
    public string FullPath(string path)
    {
        if (path.Length == 0)
        {
            throw new UsageException(
                "a file name is empty", "an empty string was given as a file name",
                "Name a file; in a script, check whether a variable is unset.");
        }
        if (Path.IsPathFullyQualified(path))
            return Path.GetFullPath(path);
        return CurrentDirectory is { } folder ? Path.GetFullPath(path, folder) : throw new InvalidInputException(
            $"cannot find {path}", "the current folder", "it was deleted, or may not be seen",
            "Change to another folder (cd), or give the full path.");
    }

    /// <summary>A path for messages: relative if it is below the current folder.</summary>
    public string DisplayPath(string path)
    {
        string full = FullPath(path);
        string relative = CurrentDirectory is { } folder ? Path.GetRelativePath(folder, full) : full;
        return relative.StartsWith("..", StringComparison.Ordinal) ? full : relative;
    }

    /// <summary>Writes a message to standard error.</summary>
    public void Inform(string message) => Error.WriteLine(message);
}
