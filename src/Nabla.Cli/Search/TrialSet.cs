namespace Nabla.Cli;

/// <summary>The trials of a search, before its data are loaded.</summary>
/// <param name="tried">The tried options.</param>
/// <param name="seed">The seed of the folds, and of the random choice of values.</param>
/// <param name="all">The trials, in the order of their numbers.</param>
internal sealed class TrialSet(TriedOption[] tried, ulong seed, SearchTrial[] all)
{
    /// <summary>The tried options.</summary>
    public TriedOption[] Tried { get; } = tried;

    /// <summary>The seed of the folds, and of the random choice of values.</summary>
    public ulong Seed { get; } = seed;

    /// <summary>The trials, in the order of their numbers.</summary>
    public SearchTrial[] All { get; } = all;

    /// <summary>
    /// The loss of the first trial whose options can be used, by which the kind of targets is chosen; null for that of the targets.
    /// </summary>
    public Loss? FirstLoss => Array.Find(All, trial => trial.Settings is not null)?.Settings!.Options.Loss;

    /// <summary>Whether trials may have losses of which one decides the kind of targets, and another would decide otherwise.</summary>
    public bool DecideTask => Array.Exists(Tried, option => option.Name is "loss" or "preset");

    /// <summary>The most epochs of a trial.</summary>
    public int MostEpochs
    {
        get
        {
            int most = 1;
            foreach (var trial in All)
                most = Math.Max(most, trial.Settings?.Options.Epochs ?? 1);
            return most;
        }
    }
}
