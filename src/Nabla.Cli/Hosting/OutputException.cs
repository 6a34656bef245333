namespace Nabla.Cli;

/// <summary>A result could not be written.</summary>
internal sealed class OutputException(string what, string where, string why, string remedy, Exception? innerException = null)
    : IOException($"{what}: {why} ({where}). {remedy}", innerException)
{
    public string What { get; } = what;

    public string Where { get; } = where;

    public string Why { get; } = why;

    public string Remedy { get; } = remedy;
}
