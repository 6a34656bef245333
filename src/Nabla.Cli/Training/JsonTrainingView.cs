namespace Nabla.Cli;

/// <summary>One JSON object per line: one for each epoch, and a last one.</summary>
internal sealed class JsonTrainingView(Terminal terminal) : ITrainingView
{
    public bool Run(Func<bool> training) => training();

    public void Report(BatchProgress value)
    {
        // Programs get one object per epoch.
    }

    public void Epoch(EpochReport report) => JsonLine.Write(terminal.Out, line => line
        .Text("event", "epoch")
        .Number("epoch", report.Epoch)
        .Number("loss", report.Loss)
        .Metrics(report.Validation)
        .Number("seconds", report.Time.TotalSeconds));

    public void End(TrainingEnd end) => JsonLine.Write(terminal.Out, line => line
        .Text("event", end.Interrupted ? "interrupted" : "done")
        .Metrics(end.Result)
        .Number("loss", end.Result.Loss)
        .Text("fingerprint", end.Fingerprint)
        .Text("model", end.Model)
        .Text("next", end.Next));
}
