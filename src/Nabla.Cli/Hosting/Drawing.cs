namespace Nabla.Cli;

/// <summary>Decides whether live views may be drawn.</summary>
internal static class Drawing
{
    /// <summary>True on a terminal, unless NO_COLOR is set (no-color.org: to anything) or TERM says dumb.</summary>
    public static bool IsWanted(bool outputIsTerminal, IReadOnlyDictionary<string, string> environment) =>
        outputIsTerminal
        && string.IsNullOrEmpty(environment.GetValueOrDefault("NO_COLOR"))
        && environment.GetValueOrDefault("TERM") != "dumb";
}
