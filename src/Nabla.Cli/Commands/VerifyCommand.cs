using System.CommandLine;

namespace Nabla.Cli;

/// <summary><c>nabla verify</c>: trains again as a receipt says, and compares the bits after each epoch.</summary>
internal sealed class VerifyCommand : Command
{
    private readonly NamedArgument<string> receiptName = new("RECEIPT")
    {
        Description = "The run.json of a training run, in the folder beside its model.",
    };

    private readonly TrainCommand train;
    private readonly ThreadsOption threads = new();
    private readonly JsonSwitch json;
    private readonly Terminal terminal;

    public VerifyCommand(TrainCommand train, Terminal terminal)
        : base("verify", "Trains again as a receipt says, and tells at which epoch, if any, the bits differ. Writes no file.")
    {
        this.train = train;
        this.terminal = terminal;
        receiptName.CompletionSources.Add(Candidate.NamesAndFiles([]));
        Add(receiptName);
        Add(threads);
        Add(new ReadLimitOption());
        json = JsonSwitch.AddTo(this);
        SetAction(parse => terminal.Interruption.WaitFor(() => Run(parse)));
    }

    private int Run(ParseResult parse)
    {
        string path = RunFolder.ReceiptOf(terminal.FullPath(parse.GetValue(receiptName)!));
        var receipt = RunReceipt.Load(path);
        var run = train.Read(ReceiptCommand.WordsOf(receipt, path));
        var plan = ReceiptCommand.PlanOf(receipt, threads.ValueOr(parse, 0));
        var comparison = new ReceiptComparison(receipt, path, plan, terminal);
        var result = run.Members > 1 ? comparison.RepeatEnsemble(run) : comparison.Repeat(run);
        if (json.IsGiven(parse))
            WriteJson(result);
        else
            terminal.Out.WriteLine(result.Text);
        return result.AreEqual ? ExitCode.Done : ExitCode.CheckFailed;
    }

    private void WriteJson(ReceiptComparison.Result result) => JsonLine.Write(terminal.Out, line => line
        .Text("event", "done")
        .Boolean("equal", result.AreEqual)
        .Number("compared", result.Compared)
        .NumberIfAny("first-difference", result.FirstDifference)
        .Text("text", result.Text));
}
