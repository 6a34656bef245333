using Nabla.Kernels;

namespace Nabla.Cli;

/// <summary>An error as the user sees it: four lines at most, and the exit code. The only place that turns exceptions into either.</summary>
/// <param name="ExitCode">One of <see cref="Nabla.Cli.ExitCode"/>.</param>
/// <param name="What">What could not be done.</param>
/// <param name="Where">The place: a command, a file and an offset, an epoch.</param>
/// <param name="Why">The reason.</param>
/// <param name="Remedy">What to do about it.</param>
internal sealed record Problem(int ExitCode, string What, string? Where, string? Why, string? Remedy)
{
    /// <summary>Name of the variable that shows the stack trace as well.</summary>
    public const string DebugVariable = "NABLA_DEBUG";

    /// <summary>Says what an exception means to the user.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="command">The command that ran, e.g. <c>nabla train</c>.</param>
    public static Problem From(Exception exception, string command) => exception switch
    {
        UsageException e => new(Cli.ExitCode.WrongUsage, e.What, command, e.Why, e.Remedy),
        InvalidInputException e => Of(Cli.ExitCode.InvalidInput, e),
        TrainingDivergedException e => Of(Cli.ExitCode.Diverged, e),
        NetworkUnavailableException e => Of(Cli.ExitCode.NoNetwork, e),
        OutputException e => new(Cli.ExitCode.InputOutputFailed, e.What, e.Where, e.Why, e.Remedy),
        FileNotFoundException or DirectoryNotFoundException =>
            new(Cli.ExitCode.InvalidInput, "cannot find a file", command, exception.Message, "Check the path."),
        IOException or UnauthorizedAccessException =>
            new(Cli.ExitCode.InputOutputFailed, "reading or writing failed", command, exception.Message, "Check the disk's free space and the permissions."),
        // A width of vectors that the processor lacks: it is asked for in the environment, and found out by the first kernel.
        TypeInitializationException { InnerException: PlatformNotSupportedException e } => From(e, command),
        PlatformNotSupportedException =>
            new(Cli.ExitCode.WrongUsage, "the kernels that were asked for cannot run here", command, exception.Message, $"Unset {KernelChoice.EnvironmentVariable}: the widest vectors are taken."),
        OperationCanceledException => new(Cli.ExitCode.Interrupted, "interrupted", null, null, null),
        _ => new(Cli.ExitCode.InternalError, $"internal error in {command}", null, $"{exception.GetType().Name}: {exception.Message}",
            $"This is a fault of nabla: please report it with this command and what {DebugVariable}=1 shows."),
    };

    /// <summary>Writes the lines to standard error.</summary>
    public void WriteTo(TextWriter error)
    {
        WriteLine(error, "error: ", What);
        WriteLine(error, "where: ", Where);
        WriteLine(error, "why:   ", Why);
        WriteLine(error, "try:   ", Remedy);
    }

    private static Problem Of(int exitCode, NablaException e) => new(exitCode, e.What, e.Where, e.Why, e.Remedy);

    // A message from elsewhere may hold line breaks or control characters, even from a hostile file's member name: neither may reach the screen.
    private static void WriteLine(TextWriter error, string label, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return;
        string line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        const int Longest = 400;
        error.WriteLine(label + (line.Length <= Longest ? line : line[..Longest] + "…"));
    }
}
