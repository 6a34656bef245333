namespace Nabla.Cli;

/// <summary>Writes one JSON object for each epoch, and a last one with the result.</summary>
internal sealed class JsonTrainingView(Terminal terminal) : ITrainingView
{
    public bool Run(Func<bool> training) => training();

    public void Report(BatchProgress value)
    {
        // Only epochs are written.
    }

    public void Epoch(EpochReport report) => JsonLine.Write(terminal.Out, line => line
        .Text("event", "epoch")
        .Number("epoch", report.Epoch)
        .Number("loss", report.Loss)
        .Metrics(report.Validation)
        .TrueIf("best", report.IsBest)
        .Number("seconds", report.Time.TotalSeconds));

    public void End(TrainingResult end) => JsonLine.Write(terminal.Out, line => line
        .Text("event", end.Interrupted ? "interrupted" : "done")
        .Metrics(end.Result)
        .Number("loss", end.Result.Loss)
        .NumberIfAny("best-epoch", end.BestEpoch)
        .Text("fingerprint", end.Fingerprint)
        .Text("model", end.Model)
        .Text("next", end.Next));
}
