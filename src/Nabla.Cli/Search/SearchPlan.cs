namespace Nabla.Cli;

/// <summary>All that a search does, decided before its first job: the same on every rank.</summary>
internal sealed class SearchPlan
{
    /// <summary>The tried options.</summary>
    public required IReadOnlyList<TriedOption> Tried { get; init; }

    /// <summary>The trials, in the order of their numbers.</summary>
    public required IReadOnlyList<SearchTrial> Trials { get; init; }

    /// <summary>The training data.</summary>
    public required Dataset Data { get; init; }

    /// <summary>The rows of each fold.</summary>
    public required IReadOnlyList<int[]> Folds { get; init; }

    /// <summary>The rungs of successive halving.</summary>
    public required Rungs Rungs { get; init; }

    /// <summary>The figure by which trials are compared.</summary>
    public required Measure Measure { get; init; }

    /// <summary>The command that trains a network, without the tried options.</summary>
    public required string Command { get; init; }

    /// <summary>The trial of a job.</summary>
    public SearchTrial TrialOf(SearchJob job) => Trials[job.Trial - 1];

    /// <summary>The jobs of a trial in a rung, one for each fold.</summary>
    public IEnumerable<SearchJob> JobsOf(SearchTrial trial, int rung) =>
        Enumerable.Range(1, Folds.Count).Select(fold => new SearchJob(trial.Number, EpochsOf(trial, rung), fold));

    /// <summary>The epochs of a trial in a rung; 0 if its options cannot be used.</summary>
    public int EpochsOf(SearchTrial trial, int rung) =>
        trial.Settings is { } settings ? Rungs.EpochsOf(settings.Options.Epochs, rung) : 0;
}
