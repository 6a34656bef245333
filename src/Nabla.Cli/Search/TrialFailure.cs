namespace Nabla.Cli;

/// <summary>Why a trial has no result.</summary>
/// <param name="reason">The reason, for a row of the table.</param>
/// <param name="exitCode">The exit code of the search if no trial has a result.</param>
internal sealed class TrialFailure(string reason, int exitCode)
{
    /// <summary>The reason, for a row of the table.</summary>
    public string Reason { get; } = reason;

    /// <summary>The exit code of the search if no trial has a result.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>The failure that an exception reports.</summary>
    public static TrialFailure From(Exception exception)
    {
        var problem = Problem.From(exception, ModelNotes.TrainCommand);
        string? subject = exception is NablaException ? problem.Where : exception is UsageException ? problem.What : null;
        string why = problem.Why ?? problem.What;
        return new(subject is null ? why : $"{subject}: {why}", problem.ExitCode);
    }
}
