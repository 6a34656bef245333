namespace Nabla.Cli;

/// <summary>A signal ended a command before it had a result. The message tells what this means for the user's files.</summary>
internal sealed class InterruptedException(string why, string remedy) : OperationCanceledException($"interrupted: {why}. {remedy}")
{
    public string Why { get; } = why;

    public string Remedy { get; } = remedy;
}
