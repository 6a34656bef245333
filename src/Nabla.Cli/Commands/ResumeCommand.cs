using System.CommandLine;

namespace Nabla.Cli;

/// <summary><c>nabla resume</c>: continues a training run from its last checkpoint.</summary>
internal sealed class ResumeCommand : Command
{
    private readonly NamedArgument<string> folderName = new("RUN")
    {
        Description = "The folder of the run, beside its model: model.run.",
    };

    private readonly TrainCommand train;
    private readonly ThreadsOption threads = new();
    private readonly CheckpointOption checkpoints = new();
    private readonly ReportOption report = new();
    private readonly JsonSwitch json;

    public ResumeCommand(TrainCommand train, Terminal terminal)
        : base("resume", "Continues a training run that was interrupted or killed, from its last checkpoint.")
    {
        this.train = train;
        folderName.CompletionSources.Add(Candidate.NamesAndFiles([]));
        Add(folderName);
        Add(threads);
        Add(new ReadLimitOption());
        Add(checkpoints);
        Add(report);
        json = JsonSwitch.AddTo(this);
        SetAction(parse => TrainingSession.Protect(terminal, protectedTerminal => Run(parse, protectedTerminal)));
    }

    private int Run(ParseResult parse, Terminal terminal)
    {
        using var ranks = RankTeam.Connect(terminal);
        var (folder, receipt) = RunFolder.Open(parse.GetValue(folderName)!, terminal);
        if (receipt.Fingerprint is not null)
        {
            throw new UsageException(
                $"cannot resume {terminal.DisplayPath(folder.Path)}", "this training run is complete",
                $"nabla inspect {ShellWord.Quote(terminal.DisplayPath(folder.ModelPath))}");
        }
        folder.RequireNoNewerRun(terminal);
        var run = train.Read(ReceiptCommand.WordsOf(receipt, folder.ReceiptPath));
        int count = threads.ValueOr(parse, 0);
        if (ranks.IsFollower)
            return ranks.Follow(run, Plan(folder, receipt, run, count, ranks, RankTeam.Silent(terminal)), terminal);
        var file = OutputFile.Check(folder.ModelPath, Path.GetExtension(folder.ModelPath), terminal);
        var reportFile = report.Check(parse, terminal);
        using var record = new RunRecord(folder, checkpoints.ValueOr(parse), receipt, terminal);
        record.Begin(); // before checkpoints are read, which a process that trains deletes
        if (receipt.Version != RunRecord.Version)
        {
            terminal.Inform($"The run began with version {receipt.Version}, and this is {RunRecord.Version}: if a formula has changed, the "
                + "bits are those of neither.");
        }
        var plan = TrainingSession.WaitFor(file, terminal, () => Plan(folder, receipt, run, count, ranks, terminal));
        return new TrainingSession(file, reportFile, record, ranks, json.IsGiven(parse), terminal)
            .Run(run.Request, run.Validation, plan, run.Members);
    }

    private static TrainingPlan Plan(
        RunFolder folder, RunReceipt receipt, RequestedRun run, int threads, RankTeam ranks, Terminal terminal)
    {
        var checkpoint = new CheckpointFolder(folder.Path).FindNewest(damage => RunRecord.InformOfDamage(damage, terminal));
        if (checkpoint is not null)
        {
            var plan = TrainingPlan.Resumed(checkpoint, threads, ranks.Ranks);
            plan.RequireOptions(receipt, checkpoint);
            terminal.Inform($"Resuming from {terminal.DisplayPath(checkpoint)}.");
            return plan;
        }
        if (run.Members == 1 && InterruptedModel(folder, receipt) is { } model)
        {
            terminal.Inform($"There is no checkpoint: resuming from {terminal.DisplayPath(model)}.");
            return TrainingPlan.Resumed(model, threads, ranks.Ranks);
        }
        if (run.Members == 1)
            terminal.Inform("There is no checkpoint yet: training begins anew.");
        return ReceiptCommand.PlanOf(receipt, threads, ranks);
    }

    /// <summary>The model that the run saved when it was interrupted without checkpoints; null if there is none.</summary>
    private static string? InterruptedModel(RunFolder folder, RunReceipt receipt)
    {
        if (!File.Exists(folder.ModelPath))
            return null;
        try
        {
            var model = Model.Load(folder.ModelPath);
            bool isOfThisRun = model.Notes.ContainsKey(ModelNotes.Interrupted)
                && receipt.FindDifference(receipt with { Options = model.Options }) is null;
            return isOfThisRun ? folder.ModelPath : null;
        }
        catch (InvalidInputException)
        {
            return null; // it is another file, which training replaces
        }
    }
}
