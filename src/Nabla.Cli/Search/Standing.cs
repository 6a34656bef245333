namespace Nabla.Cli;

/// <summary>How a trial did in the last rung that it reached.</summary>
internal sealed class Standing
{
    private Standing(SearchTrial trial, int rung, int epochs)
    {
        Trial = trial;
        Rung = rung;
        Epochs = epochs;
    }

    /// <summary>The trial.</summary>
    public SearchTrial Trial { get; }

    /// <summary>The rung, counted from 0.</summary>
    public int Rung { get; }

    /// <summary>The epochs for which it was trained; 0 if its options cannot be used.</summary>
    public int Epochs { get; }

    /// <summary>The measure on each fold; empty with a failure.</summary>
    public double[] Scores { get; private init; } = [];

    /// <summary>Mean over the folds.</summary>
    public double Mean { get; private init; }

    /// <summary>Standard deviation over the folds, divided by their number.</summary>
    public double Spread { get; private init; }

    /// <summary>Why there are no scores: that of the first fold without one. Null if there are.</summary>
    public TrialFailure? Failure { get; private init; }

    /// <summary>How a trial did.</summary>
    /// <param name="plan">The search.</param>
    /// <param name="trial">The trial.</param>
    /// <param name="rung">The rung, counted from 0.</param>
    /// <param name="resultOf">The result of a job.</param>
    public static Standing Of(SearchPlan plan, SearchTrial trial, int rung, Func<SearchJob, JobResult> resultOf)
    {
        int epochs = plan.EpochsOf(trial, rung);
        if (trial.Failure is not null)
            return new(trial, rung, epochs) { Failure = trial.Failure };
        double[] scores = new double[plan.Folds.Count];
        for (int fold = 1; fold <= scores.Length; fold++)
        {
            var result = resultOf(plan.JobOf(trial, rung, fold));
            if (result.Failure is { } failure)
                return new(trial, rung, epochs) { Failure = failure };
            scores[fold - 1] = result.Score;
        }
        double mean = scores.Sum() / scores.Length;
        double squares = scores.Sum(score => (score - mean) * (score - mean));
        return new(trial, rung, epochs) { Scores = scores, Mean = mean, Spread = Math.Sqrt(squares / scores.Length) };
    }

    /// <summary>
    /// Compares two: below 0 if the first one is better. One that reached a later rung ranks higher, then one with a better mean, then one
    /// with a smaller number; those that failed come last.
    /// </summary>
    public static int Compare(Standing first, Standing second, Measure measure)
    {
        if (first.Failure is null != second.Failure is null)
            return first.Failure is null ? -1 : 1;
        int order = second.Rung.CompareTo(first.Rung);
        if (order == 0 && first.Failure is null)
            order = measure.Compare(first.Mean, second.Mean);
        return order != 0 ? order : first.Trial.Number.CompareTo(second.Trial.Number);
    }
}
