namespace Nabla.Cli;

/// <summary>Decides whether live progress is shown.</summary>
internal static class Drawing
{
    /// <summary>True on a terminal, unless NO_COLOR is set to any value (no-color.org) or TERM is dumb.</summary>
    public static bool IsWanted(bool outputIsTerminal, IReadOnlyDictionary<string, string> environment) =>
        outputIsTerminal
        && string.IsNullOrEmpty(environment.GetValueOrDefault("NO_COLOR"))
        && environment.GetValueOrDefault("TERM") != "dumb";
}
