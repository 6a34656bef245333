using System.CommandLine.Completions;
using System.Globalization;

namespace Nabla.Cli;

/// <summary>What a shell can propose for a word of the command line.</summary>
internal static class Candidate
{
    /// <summary>Stands for the names of files, which the shell itself lists. No other candidate begins with a colon.</summary>
    public static CompletionItem Files { get; } = new(":files");

    /// <summary>A source of candidates for an argument: some names, and the names of files.</summary>
    public static Func<CompletionContext, IEnumerable<CompletionItem>> NamesAndFiles(IEnumerable<string> names) =>
        _ => [.. Names(names), Files];

    /// <summary>Candidates without a description.</summary>
    public static IEnumerable<CompletionItem> Names(IEnumerable<string> names) => names.Select(name => new CompletionItem(name));

    /// <summary>The kinds of a catalogue; after the colon of a kind, its parameters with their defaults.</summary>
    /// <param name="kinds">The catalogue.</param>
    /// <param name="word">What is typed: <c>ad</c>, or <c>momentum:momentum=0.9,n</c>.</param>
    public static IEnumerable<CompletionItem> Kinds<T>(Catalogue<T> kinds, string word)
        where T : Kind
    {
        int colon = word.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return kinds.Select(kind => new CompletionItem(kind.Name, detail: kind.Description));
        string typed = word[..(word.LastIndexOfAny([':', ',']) + 1)];
        return kinds.Find(word[..colon]) is { } found
            ? found.ParameterValues.Select(parameter => new CompletionItem(
                $"{typed}{parameter.Key}=", detail: string.Create(CultureInfo.InvariantCulture, $"default: {(float)parameter.Value}")))
            : [];
    }
}
