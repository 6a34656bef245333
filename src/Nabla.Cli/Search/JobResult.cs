namespace Nabla.Cli;

/// <summary>What a job has found. As a line of JSON, it is a message between ranks and a line of the file of a search.</summary>
internal sealed class JobResult
{
    private const string EventKey = "event", TrialKey = "trial", EpochsKey = "epochs", FoldKey = "fold", ScoreKey = "score";
    private const string FailureKey = "failure", ExitCodeKey = "exit-code", SecondsKey = "seconds";

    private readonly double seconds;

    private JobResult(SearchJob job, double score, TrialFailure? failure, double seconds)
    {
        Job = job;
        Score = score;
        Failure = failure;
        this.seconds = seconds;
    }

    /// <summary>The job.</summary>
    public SearchJob Job { get; }

    /// <summary>The measure on the fold; finite without a failure.</summary>
    public double Score { get; }

    /// <summary>Why there is no score; null if there is one.</summary>
    public TrialFailure? Failure { get; }

    /// <summary>A job that has a score.</summary>
    public static JobResult Done(SearchJob job, double score, TimeSpan time) => new(job, score, null, time.TotalSeconds);

    /// <summary>A job that has none.</summary>
    public static JobResult Failed(SearchJob job, TrialFailure failure, TimeSpan time) =>
        new(job, double.NaN, failure, time.TotalSeconds);

    /// <summary>The line, without its end.</summary>
    public string ToJson() => JsonLine.Of(line =>
    {
        line.Text(EventKey, "job").Number(TrialKey, Job.Trial).Number(EpochsKey, Job.Epochs).Number(FoldKey, Job.Fold);
        if (Failure is null)
            line.Number(ScoreKey, Score);
        else
            line.Text(FailureKey, Failure.Reason).Number(ExitCodeKey, Failure.ExitCode);
        line.Number(SecondsKey, seconds);
    });

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">It is not such a line.</exception>
    public static JobResult Read(string line) => JsonLine.Read(line, json =>
    {
        var job = new SearchJob(Whole(TrialKey), Whole(EpochsKey), Whole(FoldKey));
        double seconds = Finite(SecondsKey);
        if (!json.TryGetProperty(FailureKey, out var reason))
            return new JobResult(job, Finite(ScoreKey), null, seconds);
        int exitCode = Whole(ExitCodeKey);
        return exitCode > ExitCode.Done
            ? new JobResult(job, double.NaN, new TrialFailure(reason.GetString() ?? "", exitCode), seconds)
            : throw new FormatException($"{exitCode} is no exit code of a failure.");

        int Whole(string name) => json.GetProperty(name).GetInt32();
        double Finite(string name) => json.GetProperty(name).GetDouble() is var number && double.IsFinite(number)
            ? number
            : throw new FormatException($"{json.GetProperty(name)} is not a finite number.");
    });
}
