namespace Nabla.Cli;

/// <summary>The command line is wrong.</summary>
internal sealed class UsageException(string what, string why, string remedy) : Exception($"{what}: {why}. {remedy}")
{
    public string What { get; } = what;

    public string Why { get; } = why;

    /// <summary>What to write instead.</summary>
    public string Remedy { get; } = remedy;
}
