using System.CommandLine;

namespace Nabla.Cli;

/// <summary>The options of <c>nabla search</c> that decide what is searched, and how.</summary>
internal sealed class SearchOptions
{
    // With each of them, losses are of another kind, or of other targets.
    private static readonly string[] ChangeTheLoss = ["loss", "label-smoothing", "output-activation", "preset"];

    private readonly RepeatedOption tried = new(
        "--try", "NAME=VALUES",
        "An option of nabla train and the values to try, separated by spaces: \"layers=64 128,64\"; or a range of numbers to draw from: "
        + "learning-rate=0.0001..0.1. Repeat it for several options.",
        "the name of an option and values, such as \"learning-rate=0.001 0.01\"", "\"learning-rate=0.001 0.01\"")
    {
        Proposals = () => TrialCommand.Names.Select(name => name + "="),
    };

    private readonly ValueOption<int> trials = new(
        "--trials", "N", "Draw N combinations of values at random (default: all combinations are tried).", ValueFormats.Count, "20");

    private readonly Switch halving = new(
        "--halving", "Train all trials for few epochs, and the best of them for more and more: successive halving.");

    private readonly ValueOption<int> factor = new(
        "--factor", "N",
        $"With --halving: one in N trials goes on, with N times the epochs (default: {Cli.Rungs.DefaultFactor}).", ValueFormats.Several);

    private readonly FoldsOption folds = new();

    private readonly ValueOption<string> measure = new(
        "--measure", "NAME",
        $"What to compare, on examples that a network did not learn from: {string.Join(", ", Cli.Measure.Names)} "
        + "(default: accuracy for classes, r2 for values).",
        Choices.Among(Cli.Measure.Names), "log-loss");

    /// <summary>Adds the options.</summary>
    public void AddTo(Command command)
    {
        command.Add(tried);
        command.Add(trials);
        command.Add(halving);
        command.Add(factor);
        command.Add(folds);
        command.Add(measure);
    }

    /// <summary>The trials.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="training">The options that hold for all trials.</param>
    /// <param name="start">The settings without any option; null for the usual ones.</param>
    /// <exception cref="UsageException">An option is wrong, or they contradict each other.</exception>
    public TrialSet Trials(ParseResult parse, TrainingOptionSet training, TrainingSettings? start)
    {
        var command = new TrialCommand();
        var space = SearchSpace.Read(parse.GetValue(tried) ?? [], command);
        foreach (var option in space.Options)
        {
            if (training.IsGiven(parse, $"--{option.Name}"))
            {
                throw new UsageException(
                    $"--{option.Name} and --try {option.Name} contradict each other", "only one of them can decide", "Omit one of them.");
            }
        }
        RequireHalving(parse, space);
        const string SeedOption = "--seed";
        ulong seed = training.IsGiven(parse, SeedOption) ? parse.GetValue<ulong>(SeedOption) : command.Read("", start).Options.Seed;
        string common = training.ToArguments(parse);
        var values = trials.IsGiven(parse) ? space.Draw(parse.GetValue(trials), seed) : space.Grid();
        var all = new SearchTrial[values.Count];
        for (int i = 0; i < all.Length; i++)
            all[i] = SearchTrial.Create(i + 1, space.Options, values[i], words => command.Read(common + words, start));
        return new(space.Options, seed, all);
    }

    /// <summary>Says if there are fewer trials than were asked for.</summary>
    public void InformOfFewer(ParseResult parse, TrialSet set, Terminal terminal)
    {
        if (trials.IsGiven(parse) && set.All.Length < parse.GetValue(trials))
            terminal.Inform($"Only {set.All.Length} different combinations were found, and not {parse.GetValue(trials)}.");
    }

    /// <summary>The number of folds.</summary>
    public int Folds(ParseResult parse) => folds.ValueOr(parse, FoldsOption.Default);

    /// <summary>The rungs of successive halving.</summary>
    public Rungs Rungs(ParseResult parse, TrialSet set) => new(
        set.All.Length, set.MostEpochs, halving.IsGiven(parse) ? factor.ValueOr(parse, Cli.Rungs.DefaultFactor) : null);

    /// <summary>What is compared.</summary>
    /// <exception cref="UsageException">It does not measure these targets, or cannot be compared between these trials.</exception>
    public Measure Measure(ParseResult parse, TrialSet set, Targets targets)
    {
        var chosen = Cli.Measure.For(parse.GetValue(measure), targets);
        string? changing = ChangeTheLoss.FirstOrDefault(name => Array.Exists(set.Tried, option => option.Name == name));
        return chosen.Name != Cli.Measure.LossName || changing is null ? chosen : throw new UsageException(
            $"--measure {chosen.Name} and --try {changing} contradict each other",
            "with other values of this option, the loss is another figure", "Choose another --measure.");
    }

    private void RequireHalving(ParseResult parse, SearchSpace space)
    {
        if (factor.IsGiven(parse) && !halving.IsGiven(parse))
            throw new UsageException("--factor is for --halving", "without it, all trials have all epochs", "Add --halving.");
        if (halving.IsGiven(parse) && Array.Exists(space.Options, option => option.Name == "epochs"))
        {
            throw new UsageException(
                "--halving and --try epochs contradict each other", "with --halving, the epochs follow from the rung",
                "Give the epochs of the last rung with --epochs.");
        }
    }
}
