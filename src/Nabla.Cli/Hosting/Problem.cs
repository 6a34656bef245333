using Nabla.Kernels;
using Nabla.Report;

namespace Nabla.Cli;

/// <summary>An error in at most four lines, with an exit code. Only this type turns exceptions into messages and exit codes.</summary>
/// <param name="ExitCode">One of <see cref="Nabla.Cli.ExitCode"/>.</param>
/// <param name="What">What could not be done.</param>
/// <param name="Where">The place, e.g. a command, a file and an offset, or an epoch.</param>
/// <param name="Why">The reason.</param>
/// <param name="Remedy">What to do about it.</param>
internal sealed record Problem(int ExitCode, string What, string? Where, string? Why, string? Remedy)
{
    /// <summary>Name of the environment variable that adds the stack trace.</summary>
    public const string DebugVariable = "NABLA_DEBUG";

    /// <summary>Describes an exception to the user.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="command">The command that ran, e.g. <c>nabla train</c>.</param>
    public static Problem From(Exception exception, string command) => exception switch
    {
        UsageException e => new(Cli.ExitCode.WrongUsage, e.What, command, e.Why, e.Remedy),
        InvalidOptionException e => new(Cli.ExitCode.WrongUsage, "these options cannot be used", command, ToClause(e.Problem), e.Remedy),
        InvalidInputException e => FromLibrary(Cli.ExitCode.InvalidInput, e),
        TrainingDivergedException e => FromLibrary(Cli.ExitCode.Diverged, e),
        DownloadException e => FromLibrary(Cli.ExitCode.NoNetwork, e),
        OutputException e => new(Cli.ExitCode.InputOutputFailed, e.What, e.Where, e.Why, e.Remedy),
        FileNotFoundException or DirectoryNotFoundException =>
            new(Cli.ExitCode.InvalidInput, "cannot find a file", command, exception.Message, "Check the path."),
        IOException or UnauthorizedAccessException =>
            new(
                Cli.ExitCode.InputOutputFailed, "reading or writing failed", command, exception.Message,
                "Check the disk's free space and the permissions."),
        // An environment variable selects kernels that the processor lacks, or blocks that make no sense. The first kernel detects this.
        TypeInitializationException e when e.GetBaseException() is PlatformNotSupportedException inner => From(inner, command),
        PlatformNotSupportedException =>
            new(Cli.ExitCode.WrongUsage, "these kernels cannot run", command, exception.Message,
                $"Unset {KernelChoice.EnvironmentVariable} and {MachineReport.BlocksVariable} to use what is best for this processor."),
        InterruptedException e => new(Cli.ExitCode.Interrupted, "interrupted", null, e.Why, e.Remedy),
        OperationCanceledException => new(Cli.ExitCode.Interrupted, "interrupted", null, null, null),
        _ => new(
            Cli.ExitCode.InternalError, $"internal error in {command}", null, $"{exception.GetType().Name}: {exception.Message}",
            $"This is a bug in nabla: please report it with this command and what {DebugVariable}=1 shows."),
    };

    /// <summary>Writes the lines to standard error.</summary>
    public void WriteTo(TextWriter error)
    {
        WriteLine(error, "error: ", What);
        WriteLine(error, "where: ", Where);
        WriteLine(error, "why:   ", Why);
        WriteLine(error, "try:   ", Remedy);
    }

    // The library's sentences about options begin with a capital letter, reasons do not. "L2" keeps its capital.
    private static string ToClause(string sentence) => sentence.Length > 1 && !char.IsUpper(sentence[1]) && !char.IsDigit(sentence[1])
        ? char.ToLowerInvariant(sentence[0]) + sentence[1..]
        : sentence;

    private static Problem FromLibrary(int exitCode, NablaException e) => new(exitCode, e.What, e.Where, e.Why, e.Remedy);

    private static void WriteLine(TextWriter error, string label, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return;
        string line = VisibleText.Escape(text.Trim());
        const int Longest = 400;
        error.WriteLine(label + (line.Length <= Longest ? line : line[..Longest] + "…"));
    }
}
