namespace Nabla.Cli;

/// <summary>Writes plain lines: one for each member, and the estimate of the folds.</summary>
internal class PlainEnsembleView(Terminal terminal) : IEnsembleView
{
    public virtual bool Run(Func<bool> training) => training();

    public virtual void Report(MemberProgress value)
    {
        // Only live views show batches.
    }

    public virtual void Member(MemberReport report) => terminal.Out.WriteLine(report);

    public void End(EnsembleResult end)
    {
        string folds = end.Trained == end.Members ? $"{end.Members} folds" : $"{end.Trained} of {end.Members} folds";
        terminal.Out.WriteLine($"Estimate from {folds}: {string.Join(", ", end.OutOfFold.Metrics)}");
        foreach (var metric in end.Test?.Metrics ?? [])
            terminal.Out.WriteLine(metric);
        terminal.Out.WriteLine($"Fingerprint: {end.Fingerprint}");
        terminal.Out.WriteLine($"Model: {end.Model}");
        string interrupted = end.Interrupted
            ? $"Interrupted: the model averages the {end.Trained} of {end.Members} members that are done. "
            : "";
        terminal.Inform($"{interrupted}Next: {end.Next}");
    }
}
