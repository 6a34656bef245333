namespace Nabla;

/// <summary>The kinds of a catalogue as the command line takes them.</summary>
internal static class KindTexts
{
    /// <summary>Each kind by its name, and once more with each of its switches on: <c>adam</c>, <c>adam:amsgrad=1</c>.</summary>
    public static IEnumerable<string> Variants<T>(Catalogue<T> kinds)
        where T : Kind =>
        kinds.SelectMany(kind => kind.Parameters.Select(parameter => $"{kind.Name}:{parameter}")
            .Where(parameter => Takes(kinds, $"{parameter}=1") && !Takes(kinds, $"{parameter}=2"))
            .Select(parameter => $"{parameter}=1").Prepend(kind.Name));

    private static bool Takes<T>(Catalogue<T> kinds, string text)
        where T : Kind
    {
        try
        {
            return kinds.Parse(text) is not null;
        }
        catch (InvalidOptionException)
        {
            return false;
        }
    }
}
