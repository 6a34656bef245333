using System.Reflection;
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
    public static Problem From(Exception exception, string command) => CauseOf(exception) switch
    {
        UsageException e => new(Cli.ExitCode.WrongUsage, e.What, command, e.Why, e.Remedy),
        InvalidOptionException e => new(Cli.ExitCode.WrongUsage, "these options cannot be used", command, ToClause(e.Problem), e.Remedy),
        InvalidInputException e => FromLibrary(Cli.ExitCode.InvalidInput, e),
        TrainingDivergedException e => FromLibrary(Cli.ExitCode.Diverged, e),
        DownloadException e => FromLibrary(Cli.ExitCode.NoNetwork, e),
        CommunicationException e => FromLibrary(Cli.ExitCode.CommunicationFailed, e),
        OutputException e => new(Cli.ExitCode.InputOutputFailed, e.What, e.Where, e.Why, e.Remedy),
        InterruptedException e => new(Cli.ExitCode.Interrupted, "interrupted", null, e.Why, e.Remedy),
        OperationCanceledException => new(Cli.ExitCode.Interrupted, "interrupted", null, null, null),
        var cause => FromSystem(cause, command),
    };

    /// <summary>Writes the lines to standard error.</summary>
    public void WriteTo(TextWriter error)
    {
        WriteLine(error, "error: ", What);
        WriteLine(error, "where: ", Where);
        WriteLine(error, "why:   ", Why);
        WriteLine(error, "try:   ", Remedy);
    }

    /// <summary>Describes an exception of the base library.</summary>
    private static Problem FromSystem(Exception exception, string command) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException =>
            new(Cli.ExitCode.InvalidInput, "cannot find a file", command, exception.Message, "Check the path."),
        InvalidDataException e => new(
            Cli.ExitCode.InvalidInput, "cannot read a file", command, e.Message, "The file is damaged or incomplete: copy it again."),
        // An environment variable selects kernels that the processor lacks, or blocks that make no sense. The first kernel detects this.
        PlatformNotSupportedException e =>
            new(Cli.ExitCode.WrongUsage, "these kernels cannot run", command, e.Message,
                $"Unset {KernelChoice.EnvironmentVariable} and {MachineReport.BlocksVariable} to use what is best for this processor."),
        var e when FileError.Is(e) =>
            new(
                Cli.ExitCode.InputOutputFailed, "reading or writing failed", command, e.Message,
                "Check the disk's free space and the permissions."),
        var e when IsLackOfThreads(e) => new(
            Cli.ExitCode.OutOfResources, "cannot start a thread", command,
            "the system permits no further thread, or has no memory for its stack",
            "Use fewer threads (--threads 1), or raise the limit (ulimit -u, or that of the container)."),
        OutOfMemoryException => new(
            Cli.ExitCode.OutOfResources, "not enough memory", command,
            "the process needs more memory than the system or a limit gives it",
            "Leave the training data on disk (--on-disk), use less data, a smaller batch or a smaller network, or raise the limit "
            + "(ulimit -v, that of the container, or DOTNET_GCHeapHardLimit)."),
        _ => new(
            Cli.ExitCode.InternalError, $"internal error in {command}", null, $"{exception.GetType().Name}: {exception.Message}",
            $"This is a bug in nabla: please report it with this command and what {DebugVariable}=1 shows."),
    };

    /// <summary>The error itself, without what tasks, parallel loops and static constructors wrap it in.</summary>
    private static Exception CauseOf(Exception exception) => exception switch
    {
        // One thread fails, and the others are cancelled.
        AggregateException e when e.Flatten().InnerExceptions is { Count: > 0 } errors =>
            CauseOf(errors.FirstOrDefault(error => error is not OperationCanceledException) ?? errors[0]),
        TypeInitializationException or TargetInvocationException when exception.InnerException is { } inner => CauseOf(inner),
        _ => exception,
    };

    // The runtime reports it as a lack of memory, to which whoever wanted the thread adds an error of its own.
    private static bool IsLackOfThreads(Exception exception) => exception is ThreadStartException
        or TaskSchedulerException or InsufficientMemoryException;

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
