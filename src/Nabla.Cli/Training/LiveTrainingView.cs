namespace Nabla.Cli;

/// <summary>Writes plain lines, and below them a live line: progress, accuracy, speed and remaining time.</summary>
internal sealed class LiveTrainingView(Terminal terminal, int epochs) : PlainTrainingView(terminal)
{
    private readonly LiveLine line = new(terminal.Screen!, terminal.Clock);
    private readonly ProgressEstimate estimate = new(terminal.Clock, epochs);

    public override bool Run(Func<bool> training) => line.Run(training);

    public override void Report(BatchProgress value)
    {
        estimate.Advance(value);
        line.Show(() => estimate.Line(line.Width));
    }

    public override void Epoch(EpochReport report)
    {
        estimate.Finish(report);
        line.Write(report.ToString());
    }
}
