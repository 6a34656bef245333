using System.Globalization;

namespace Nabla.Cli;

/// <summary>Plain lines, for pipes and files: one for each epoch, as the notebook prints them.</summary>
internal class PlainTrainingView(Terminal terminal) : ITrainingView
{
    public virtual bool Run(Func<bool> training) => training();

    public virtual void Report(BatchProgress value)
    {
        // Batches are for live views.
    }

    public virtual void Epoch(EpochReport report) => terminal.Out.WriteLine(report);

    public void End(TrainingEnd end)
    {
        terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Accuracy: {end.Result.Accuracy:0.0###}"));
        terminal.Out.WriteLine($"Fingerprint: {end.Fingerprint}");
        terminal.Out.WriteLine($"Model: {end.Model}");
        terminal.Inform($"{(end.Interrupted ? "Interrupted. " : "")}Next: {end.Next}");
    }
}
