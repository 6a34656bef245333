namespace Nabla.Cli;

/// <summary>One training run, from its data to the saved model.</summary>
internal sealed class TrainingRun(
    TrainingPlan plan, TrainingData data, OutputFile file, RunRecord record, RankTeam ranks, ITrainingView view,
    Terminal terminal)
{
    /// <summary>The model and its result, if training was not interrupted.</summary>
    public (Model Model, ModelReport Result)? Done { get; private set; }

    /// <summary>Trains, saves, and reports the result.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="InterruptedException">A signal arrived before a batch was trained, so nothing was saved.</exception>
    public int Run()
    {
        var training = plan.Begin(data.Train, data.Validation);
        if (data.HeldOut is { } fraction)
        {
            training.Model.Notes[ModelNotes.HeldOut] = fraction;
            training.Model.Notes[ModelNotes.HeldOutOf] = data.Source.Train.Fingerprint;
        }
        SourceNotes.AddTo(training.Model, data.Source, plan.CommandOptions);
        training.Model.Save(Stream.Null); // A model that cannot be saved is found before it is trained.
        InformOfLimits(training.Model.Options, data.Train.Targets, terminal);
        terminal.Inform($"Training {training.Model.Network} on {data.Train.Count} examples of {data.Source.Request.Name}.");

        var description = RunRecord.Description(data.Train, data.Validation, training.Model.Options, plan.Settings.Engine, terminal);
        record.Describe(description with { Command = SourceNotes.InReceipt(ModelNotes.CommandOf(training.Model), data.Source) });
        record.Begin();
        ranks.RequireSame(description);
        ranks.BeforeTraining(training);
        var start = training.Position;
        bool interrupted = !view.Run(() => Train(training));
        if (interrupted && training.Position == start)
            throw NothingTrained(file);
        SourceNotes.NoteEnd(training.Model, interrupted);
        if (interrupted)
            record.Interrupted(training);
        // Save before measuring, so that the result is not lost if measuring fails.
        file.Save(path => training.Save(path));
        var model = training.Model;
        if (!interrupted)
            record.Complete(model);
        // Details would need the outputs for all examples in memory.
        var result = data.Test.Inputs.IsInMemory ? model.Evaluate(data.Test) : model.MeasureMetrics(data.Test);
        Done = interrupted ? null : (model, result);
        view.End(new TrainingResult(
            result, interrupted ? null : training.BestEpoch, model.Fingerprint, file.DisplayPath, interrupted,
            Next(interrupted)));
        return interrupted ? ExitCode.Interrupted : ExitCode.Done;
    }

    /// <summary>Tells the user if the outputs of a regressor cannot have every value that the loss accepts.</summary>
    /// <param name="options">With loss and output activation resolved.</param>
    /// <param name="targets">The targets of the training data.</param>
    /// <param name="terminal">The outside world.</param>
    public static void InformOfLimits(TrainingOptions options, Targets targets, Terminal terminal)
    {
        if (targets is not ValueTargets
            || options is not { Loss.StandardizesTargets: true, OutputActivation: { IsUnbounded: false } output })
            return;
        terminal.Inform(
            $"Outputs of {output.Name} cannot have every value: values beyond their range are not predicted, and targets are not "
            + "standardized. Identity outputs have no such limit.");
    }

    /// <summary>The exception that reports that there was nothing to save.</summary>
    public static InterruptedException NothingTrained(OutputFile file) => new(
        "no batch had been trained, so nothing was saved" + (File.Exists(file.FullPath) ? $"; {file.DisplayPath} is unchanged" : ""),
        "Run the command again.");

    /// <returns>False if a signal ended the training.</returns>
    private bool Train(Training training)
    {
        try
        {
            foreach (var epoch in training.Epochs(new RecordedProgress(record, training, ranks, view), ranks.Stop))
            {
                view.Epoch(epoch);
                record.AfterEpoch(training, epoch);
                ranks.AfterEpoch(training, epoch.Epoch);
            }
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private string Next(bool interrupted) => interrupted && plan.CanBeResumed
        ? record.ResumeCommand ?? $"nabla train {data.TrainingArguments} --resume {ShellWord.Quote(file.DisplayPath)}"
        : $"nabla evaluate {ShellWord.Quote(file.DisplayPath)} {data.TestArguments}";

    /// <summary>Saves checkpoints when they are due, beside what is shown.</summary>
    private sealed class RecordedProgress(RunRecord record, Training training, RankTeam ranks, ITrainingView view)
        : IProgress<BatchProgress>
    {
        public void Report(BatchProgress value)
        {
            bool isDue = record.IsCheckpointDue;
            if (ranks.AfterBatch(isDue))
                training.ShareState();
            if (isDue)
                record.SaveCheckpoint(training);
            view.Report(value);
        }
    }
}
