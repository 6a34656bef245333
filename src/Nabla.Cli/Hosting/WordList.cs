namespace Nabla.Cli;

/// <summary>Formats lists for sentences.</summary>
internal static class WordList
{
    /// <summary>One of several: <c>a, b or c</c>.</summary>
    public static string Or(IReadOnlyList<string> words) =>
        words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.SkipLast(1))} or {words[^1]}";
}
