using System.CommandLine;
using System.Security.Cryptography;
using System.Text;

namespace Nabla.Cli;

/// <summary><c>nabla search</c>: which options train the best network.</summary>
internal sealed class SearchCommand : Command
{
    private readonly DataOptions data = new(TableUse.Plan);
    private readonly TrainingOptionSet training = TrainingOptionCatalogue.ForTraining();
    private readonly TaskOption task = new();
    private readonly SearchOptions search = new();

    private readonly ValueOption<int> jobs = new(
        "--jobs", "N",
        "Training runs at the same time, on each rank (default: one per processor; with mpirun, 1). Changes the time, never the result.",
        ValueFormats.Count, "4");

    private readonly ValueOption<string> output = new(
        "--out", "FILE",
        "Keep each result in this file; the same command continues a search that was interrupted or killed (default: nothing is kept).",
        ValueFormats.File("a file", "search.jsonl"));

    private readonly JsonSwitch json;
    private readonly Terminal terminal;

    public SearchCommand(Terminal terminal)
        : base("search", "Trains with many combinations of options, and says which are the best.")
    {
        this.terminal = terminal;
        data.AddTo(this);
        Add(task);
        search.AddTo(this);
        Add(jobs);
        Add(output);
        training.AddTo(this);
        json = JsonSwitch.AddTo(this);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        using var ranks = RankTeam.Connect(terminal);
        var request = data.Bind(parse) with { Kind = task.ValueOr(parse, TargetKind.Automatic) };
        // What Open MPI gives a rank as standard output looks like a terminal even if it ends in a file.
        var own = ranks.IsFollower ? RankTeam.Silent(terminal) : ranks.Ranks is null ? terminal : terminal with { Screen = null };
        var file = output.IsGiven(parse) && !ranks.IsFollower
            ? OutputFile.Check(parse.GetValue(output)!, ".jsonl", terminal)
            : null;
        file?.RequireOtherThan("the data", request.Name, terminal);
        var plan = terminal.Interruption.WaitFor(() => Plan(parse, request, own));
        var header = Header(parse, plan);
        header.RequireSame(ranks);
        using var journal = file is null ? null : SearchJournal.Open(file, header, terminal);
        if (!ranks.IsFollower)
            ranks.Advise(Advice(file));
        var progress = new SearchProgress(own);
        var lead = ranks.IsFollower ? null : new SearchLead(plan, journal, progress);
        bool isComplete = progress.Run(() => Search(parse, plan, ranks, lead));
        ranks.Close();
        if (lead is null)
            return isComplete ? ExitCode.Done : ExitCode.Interrupted;
        return isComplete ? Report(parse, plan, lead.Standings) : throw Interrupted(file);
    }

    private bool Search(ParseResult parse, SearchPlan plan, RankTeam ranks, SearchLead? lead)
    {
        int threads = training.IsGiven(parse, ThreadsOption.OptionName) ? parse.GetValue<int>(ThreadsOption.OptionName) : 1;
        int usual = ranks.Ranks is null ? Environment.ProcessorCount : 1;
        using var pool = new JobPool(new FoldTraining(plan, threads).Run, jobs.ValueOr(parse, usual));
        return new SearchRounds(pool, ranks.Ranks, terminal.Interruption.Token).Run(lead);
    }

    private SearchPlan Plan(ParseResult parse, DataRequest request, Terminal terminal)
    {
        var fixedOptions = training.Except(ThreadsOption.OptionName);
        var trials = search.Trials(parse, fixedOptions, DataSource.SettingsFor(request, terminal));
        search.InformOfFewer(parse, trials, terminal);
        var loaded = new DataSource(terminal).LoadForTraining(request.Preferring(trials.FirstLoss));
        return new SearchPlan
        {
            Tried = trials.Tried,
            Trials = trials.All,
            Data = loaded.Train,
            Folds = DatasetSplit.Folds(loaded.Train, search.Folds(parse), trials.Seed),
            Rungs = search.Rungs(parse, trials),
            Measure = search.Measure(parse, trials, loaded.Train.Targets),
            Command = $"{ModelNotes.TrainCommand} {loaded.Request.ToArguments(withTarget: true)}"
                + (trials.DecideTask && !task.IsGiven(parse) ? TaskOption.ToArguments(loaded.Train.Targets) : task.ToArguments(parse))
                + fixedOptions.Except(SearchTable.EpochsOption).ToArguments(parse),
            HasEpochs = training.IsGiven(parse, SearchTable.EpochsOption),
        };
    }

    private SearchHeader Header(ParseResult parse, SearchPlan plan) => new(
        RunRecord.Version, FingerprintOf(plan.Data),
        [.. WrittenOptions.Of(parse, jobs, output, json).Order(StringComparer.Ordinal)]);

    // The same numbers are scaled otherwise if they are indicators of categories, and options name shapes and classes.
    private static string FingerprintOf(Dataset data)
    {
        string indicators = string.Concat(data.Inputs.Indicators.ToArray().Select(isIndicator => isIndicator ? '1' : '0'));
        string[] meaning = [indicators, string.Join(' ', data.InputShape), .. data.Targets.Names];
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(meaning.Select(part => $"{part.Length}:{part}")));
        return $"{data.Fingerprint}, meaning {Convert.ToHexString(SHA256.HashData(text))}";
    }

    private int Report(ParseResult parse, SearchPlan plan, Standing[] standings)
    {
        if (json.IsGiven(parse))
            SearchTable.WriteJson(plan, standings, terminal.Out);
        else
            SearchTable.Write(plan, standings, terminal.Out);
        if (standings[0].Failure is not { } failure)
            return ExitCode.Done;
        terminal.Inform("No trial could be trained and measured on all folds.");
        return failure.ExitCode;
    }

    private static InterruptedException Interrupted(OutputFile? file) => new(
        file is null
            ? "the search was not complete, and its results are lost"
            : $"the search was not complete; its results are kept in {file.DisplayPath}",
        Advice(file));

    private static string Advice(OutputFile? file) => file is null
        ? "Run the command again; with --out FILE, it could be continued."
        : "Run the same command again to continue it.";
}
