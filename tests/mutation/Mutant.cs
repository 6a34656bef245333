namespace Nabla.Mutation;

/// <summary>One small change of the source.</summary>
/// <param name="Id">The number that switches it on.</param>
/// <param name="File">The source file, relative to its project.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Original">What stands there.</param>
/// <param name="Changed">What stands there instead.</param>
internal sealed record Mutant(int Id, string File, int Line, string Original, string Changed)
{
    /// <summary>Where it is and what it changes, on one line.</summary>
    public override string ToString() => $"{File}:{Line}: {OneLine(Original)}  ->  {OneLine(Changed)}";

    private static string OneLine(string text)
    {
        string line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 90 ? line : line[..87] + "...";
    }
}
