namespace Nabla.Cli;

/// <summary>Writes plain lines, for pipes and files: one for each epoch, as in the notebook.</summary>
internal class PlainTrainingView(Terminal terminal) : ITrainingView
{
    public virtual bool Run(Func<bool> training) => training();

    public virtual void Report(BatchProgress value)
    {
        // Only live views show batches.
    }

    public virtual void Epoch(EpochReport report) => terminal.Out.WriteLine(report);

    public void End(TrainingResult end)
    {
        foreach (var metric in end.Result.Metrics)
            terminal.Out.WriteLine(metric);
        if (end.BestEpoch is { } best)
            terminal.Out.WriteLine($"Best epoch: {best}, whose parameters are kept");
        terminal.Out.WriteLine($"Fingerprint: {end.Fingerprint}");
        terminal.Out.WriteLine($"Model: {end.Model}");
        terminal.Inform($"{(end.Interrupted ? "Interrupted. " : "")}Next: {end.Next}");
    }
}
