namespace Nabla.Cli;

/// <summary>One training from its start to the saved model.</summary>
internal sealed class TrainingRun(TrainingPlan plan, TrainingData data, OutputFile file, ITrainingView view, Terminal terminal)
{
    /// <summary>Trains, saves, and says how it went.</summary>
    /// <returns>The exit code.</returns>
    public int Go()
    {
        var training = plan.Begin(data.Train, data.Validation);
        if (data.HeldOut is { } share)
            training.Model.Notes[ModelNotes.HeldOut] = share;
        if (data.Source.Encoding is { } encoding)
            training.Model.Notes[ModelNotes.Table] = encoding.ToJson();
        terminal.Say($"Training {training.Model.Network} on {data.Train.Count} examples of {data.Source.Request.Name}.");

        bool interrupted = !view.Run(() => Train(training));
        // Saved before it is measured: whatever happens now, the training is not lost.
        file.Save(training.Save);
        var model = training.Model;
        view.End(new TrainingEnd(model.Evaluate(data.Test), model.Fingerprint, file.Shown, interrupted, Next(interrupted)));
        return interrupted ? ExitCode.Interrupted : ExitCode.Done;
    }

    /// <returns>False where Ctrl-C ended it.</returns>
    private bool Train(ClassifierTraining training)
    {
        try
        {
            foreach (var epoch in training.Epochs(view, terminal.Interrupted))
                view.Epoch(epoch);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private string Next(bool interrupted) => interrupted && plan.CanBeResumed
        ? $"nabla train {data.TrainingWords} --resume {ShellWord.Quote(file.Shown)}"
        : $"nabla evaluate {ShellWord.Quote(file.Shown)} {data.TestWords}";
}
