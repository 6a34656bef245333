namespace Nabla.Cli;

/// <summary>All that a search does, decided before its first job: the same on every rank.</summary>
internal sealed class SearchPlan
{
    /// <summary>The tried options.</summary>
    public required TriedOption[] Tried { get; init; }

    /// <summary>The trials, in the order of their numbers.</summary>
    public required SearchTrial[] Trials { get; init; }

    /// <summary>The training data.</summary>
    public required Dataset Data { get; init; }

    /// <summary>The rows of each fold.</summary>
    public required IReadOnlyList<int[]> Folds { get; init; }

    /// <summary>The rungs of successive halving.</summary>
    public required Rungs Rungs { get; init; }

    /// <summary>The figure by which trials are compared.</summary>
    public required Measure Measure { get; init; }

    /// <summary>The command that trains a network, without the tried options and the epochs.</summary>
    public required string Command { get; init; }

    /// <summary>Whether the command says for how many epochs.</summary>
    public required bool HasEpochs { get; init; }

    /// <summary>The trial of a job.</summary>
    public SearchTrial TrialOf(SearchJob job) => Trials[job.Trial - 1];

    /// <summary>The job of a trial in a rung for a fold.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="rung">Counted from 0.</param>
    /// <param name="fold">Counted from 1.</param>
    public SearchJob JobOf(SearchTrial trial, int rung, int fold) => new(trial.Number, EpochsOf(trial, rung), fold);

    /// <summary>The epochs of a trial in a rung; 0 if its options cannot be used.</summary>
    public int EpochsOf(SearchTrial trial, int rung) =>
        trial.Settings is { } settings ? Rungs.EpochsOf(settings.Options.Epochs, rung) : 0;
}
