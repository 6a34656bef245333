namespace Nabla.Cli;

/// <summary>
/// From data and a plan to the saved model, the result and the report: what <c>nabla train</c> and <c>nabla resume</c> share.
/// </summary>
/// <param name="file">Where the model is saved.</param>
/// <param name="report">Where the report is saved; null if none is wanted.</param>
/// <param name="record">The receipt and the checkpoints.</param>
/// <param name="ranks">The ranks that train together.</param>
/// <param name="isJson">Whether results are JSON.</param>
/// <param name="terminal">The outside world.</param>
internal sealed class TrainingSession(
    OutputFile file, OutputFile? report, RunRecord record, RankTeam ranks, bool isJson, Terminal terminal)
{
    /// <summary>Trains, saves, and reports the result. Output that cannot be shown stops nothing.</summary>
    /// <param name="terminal">The outside world.</param>
    /// <param name="train">Trains, with an output that never fails.</param>
    /// <returns>The exit code.</returns>
    public static int Protect(Terminal terminal, Func<Terminal, int> train)
    {
        // A training run must not be lost: after a signal it ends by itself, and without output it continues.
        terminal.Interruption.IgnoreLaterSignals();
        using var lines = new BestEffortWriter(terminal.Out, error => terminal.Inform(
            $"Standard output cannot be written ({error.Message}): training continues, and the model will be saved."));
        int exitCode = train(terminal with { Out = lines });
        return exitCode == ExitCode.Done && lines.HasFailed ? ExitCode.InputOutputFailed : exitCode;
    }

    /// <summary>Waits for what comes before the first batch.</summary>
    /// <exception cref="InterruptedException">A signal arrived.</exception>
    public static T WaitFor<T>(OutputFile file, Terminal terminal, Func<T> preparation)
    {
        try
        {
            return terminal.Interruption.WaitFor(preparation);
        }
        catch (OperationCanceledException)
        {
            throw TrainingRun.NothingTrained(file);
        }
    }

    /// <summary>Loads the data, and trains.</summary>
    /// <param name="request">Which data.</param>
    /// <param name="validation">What to measure the model on, as the user wrote it; null for the default.</param>
    /// <param name="plan">How to train.</param>
    /// <param name="members">Number of members; 1 for a single network.</param>
    /// <returns>The exit code.</returns>
    public int Run(DataRequest request, string? validation, TrainingPlan plan, int members) =>
        members > 1 ? RunEnsemble(request, validation, plan, members) : RunSingle(request, validation, plan);

    private int RunSingle(DataRequest request, string? validation, TrainingPlan plan)
    {
        var examples = WaitFor(file, terminal, () =>
        {
            using var warmup = Warmup.Begin(plan.Settings, request);
            return TrainingData.Load(request, validation, plan, terminal);
        });
        ranks.Announce(record, terminal);
        if (request.OnDisk)
            GC.Collect(); // what reading labels and dividing the data took would else stay in memory, beside what training takes
        var run = new TrainingRun(plan, examples, file, record, ranks, View(plan.Settings.Options.Epochs), terminal);
        int exitCode = run.Run();
        ranks.Close();
        Conclude(run.Done, model => new(examples.Measured(model.Options.Seed), examples.Source.Notices, examples.Source.Encoding));
        return exitCode;
    }

    private int RunEnsemble(DataRequest request, string? validation, TrainingPlan plan, int members)
    {
        var folds = WaitFor(file, terminal, () => FoldData.Load(request, validation, plan, terminal));
        var run = new EnsembleRun(plan, folds, members, file, record, EnsembleView(members, plan.Settings.Options.Epochs), terminal);
        int exitCode = run.Run();
        Conclude(run.Done, _ => folds.Measured is { } measured ? new(measured, folds.Source.Notices, folds.Source.Encoding) : null);
        return exitCode;
    }

    /// <summary>Shows the result on a terminal, and writes the report if it was asked for. The model has been saved.</summary>
    private void Conclude((Model Model, ModelReport Result)? done, Func<Model, ReportData.Found?> found)
    {
        if (done is not var (model, result))
        {
            if (report is not null)
                terminal.Inform("No report was written, because training was interrupted.");
            return;
        }
        if (!isJson && terminal.Screen is { } screen)
            TrainingPictures.Write(screen, model, result);
        if (report is not null)
        {
            var findings = ReportFile.Compute(
                model, file.DisplayPath, found(model), "the training run had no examples to measure the model on", terminal);
            ReportFile.Save(report, findings, terminal);
        }
    }

    private ITrainingView View(int epochs)
    {
        if (isJson)
            return new JsonTrainingView(terminal);
        return terminal.Screen is null ? new PlainTrainingView(terminal) : new LiveTrainingView(terminal, epochs);
    }

    private IEnsembleView EnsembleView(int members, int epochs)
    {
        if (isJson)
            return new JsonEnsembleView(terminal);
        return terminal.Screen is null ? new PlainEnsembleView(terminal) : new LiveEnsembleView(terminal, members, epochs);
    }
}
