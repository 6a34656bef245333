using Spectre.Console;

namespace Nabla.Cli;

/// <summary>Everything a command knows of the outside world. It is passed in, so that a test can replace it.</summary>
internal sealed record Terminal
{
    /// <summary>Data goes here: epoch lines, predictions, JSON.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Messages go here: progress in words, warnings, errors.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Where live views are drawn; null in a pipe, with NO_COLOR and on a dumb terminal.</summary>
    public IAnsiConsole? Screen { get; init; }

    /// <summary>Environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The folder that relative paths start from.</summary>
    public required string CurrentDirectory { get; init; }

    /// <summary>Nabla's folder in the user's cache; it may not exist yet.</summary>
    public required string CacheDirectory { get; init; }

    /// <summary>Measures how long training takes.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The way to the network.</summary>
    public required HttpMessageHandler Network { get; init; }

    /// <summary>Ctrl-C, and signals like it.</summary>
    public required Interruption Interruption { get; init; }

    /// <summary>The value of an environment variable; null where it is missing or empty.</summary>
    public string? Variable(string name) => Environment.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;

    /// <summary>The full path of what the user wrote.</summary>
    /// <exception cref="UsageException">It is empty, as an unset variable in a script is; it must not mean the current folder.</exception>
    public string FullPath(string path) => path.Length > 0
        ? Path.GetFullPath(path, CurrentDirectory)
        : throw new UsageException(
            "a file name is empty", "an empty text was given in place of a file name",
            "Name a file; in a script, check whether a variable is unset.");

    /// <summary>A path as people like to read it: relative where it lies below the current folder.</summary>
    public string Shown(string path)
    {
        string relative = Path.GetRelativePath(CurrentDirectory, FullPath(path));
        return relative.StartsWith("..", StringComparison.Ordinal) ? FullPath(path) : relative;
    }

    /// <summary>Writes a message for people to standard error.</summary>
    public void Inform(string message) => Error.WriteLine(message);
}
