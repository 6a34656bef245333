namespace Nabla.Cli;

/// <summary>A signal ended a command before it had a result, and the user should know what that means for their files.</summary>
internal sealed class InterruptedException(string why, string remedy) : OperationCanceledException($"interrupted: {why}. {remedy}")
{
    public string Why { get; } = why;

    public string Remedy { get; } = remedy;
}
