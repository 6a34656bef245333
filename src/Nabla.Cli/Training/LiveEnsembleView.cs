namespace Nabla.Cli;

/// <summary>Writes plain lines, and below them a live line: the member and its epoch, and the progress of all members.</summary>
internal sealed class LiveEnsembleView(Terminal terminal, int members, int epochs) : PlainEnsembleView(terminal)
{
    private readonly LiveLine line = new(terminal.Screen!, terminal.Clock);
    private readonly double[] shares = new double[members]; // of each member's epochs that are done

    public override bool Run(Func<bool> training) => line.Run(training);

    public override void Report(MemberProgress value)
    {
        var batch = value.Batch;
        shares[value.Member] = (batch.Epoch + (double)batch.Batch / batch.BatchCount) / epochs;
        line.Show(() => Line(value));
    }

    public override void Member(MemberReport report)
    {
        shares[report.Member] = 1; // training may end before the last epoch
        line.Write(report.ToString());
    }

    private string Line(MemberProgress value)
    {
        double share = shares.Average();
        string text = $"member {value.Member + 1} of {members}, epoch {value.Batch.Epoch + 1} of {epochs}";
        string bar = $"  {LiveLine.Bar(share)}", percent = $"  {(int)(100 * share),3} %";
        return text.Length + 2 + LiveLine.BarWidth + percent.Length < line.Width ? text + bar + percent : text;
    }
}
