namespace Nabla.Cli;

/// <summary>Writes one JSON object for each member, and a last one with the result.</summary>
internal sealed class JsonEnsembleView(Terminal terminal) : IEnsembleView
{
    public bool Run(Func<bool> training) => training();

    public void Report(MemberProgress value)
    {
        // Only members are written.
    }

    public void Member(MemberReport report) => JsonLine.Write(terminal.Out, line => line
        .Text("event", "member")
        .Number("member", report.Member)
        .Number("loss", report.Fold.Loss)
        .Metrics(report.Fold)
        .NumberIfAny("best-epoch", report.BestEpoch)
        .Number("epochs", report.Epochs)
        .Number("seconds", report.Time.TotalSeconds));

    public void End(EnsembleResult end) => JsonLine.Write(terminal.Out, line =>
    {
        line.Text("event", end.Interrupted ? "interrupted" : "done");
        if (end.Test is { } test)
            line.Metrics(test).Number("loss", test.Loss);
        line.Object("out-of-fold", fields => fields
                .Metrics(end.OutOfFold).Number("loss", end.OutOfFold.Loss).Number("count", end.OutOfFold.Count))
            .Number("members", end.Trained)
            .Text("fingerprint", end.Fingerprint)
            .Text("model", end.Model)
            .Text("next", end.Next);
    });
}
