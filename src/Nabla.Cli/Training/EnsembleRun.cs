using System.Globalization;

namespace Nabla.Cli;

/// <summary>The training of one ensemble, from its data to the saved model.</summary>
internal sealed class EnsembleRun(
    TrainingPlan plan, FoldData data, int members, OutputFile file, RunRecord record, IEnsembleView view, Terminal terminal)
{
    /// <summary>The model and its result on the folds, if training was not interrupted.</summary>
    public (Model Model, ModelReport Result)? Done { get; private set; }

    /// <summary>Trains, saves, and reports the result.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="InterruptedException">A signal arrived before a member was trained, so nothing was saved.</exception>
    public int Run()
    {
        record.Begin();
        var training = plan.BeginEnsemble(data.Train, members, record.CreateMemberStore());
        TrainingRun.InformOfLimits(training.Options, data.Train.Targets, terminal);
        terminal.Inform(
            $"Training {members} networks {training.Topology}, {training.Topology.ParameterCount} parameters each, on {data.Train.Count} "
            + $"examples of {data.Source.Request.Name}, which are divided into {members} folds.");
        record.Describe(RunRecord.Description(data.Train, null, training.Options, plan.Settings.Engine, terminal) with
        {
            MemberCount = members,
            Command = SourceNotes.InReceipt(
                plan.CommandOptions is { } options ? SourceNotes.CommandFor(data.Source, options) : null, data.Source),
        });
        bool interrupted = !view.Run(() => Train(training));
        int trained = training.Members.Count;
        if (trained == 0)
            throw NothingTrained();
        var model = training.CreateModel();
        AddNotes(model);
        SourceNotes.NoteEnd(model, interrupted);
        // Save before measuring, so that the result is not lost if measuring fails.
        file.Save(model.Save);
        if (!interrupted)
            record.Complete(model);
        HistoryNotice.Write(model, terminal);
        var result = training.MeasureOutOfFold();
        Done = interrupted ? null : (model, result);
        view.End(new EnsembleResult(
            result, data.Test is { } test ? model.Evaluate(test) : null, trained, members, model.Fingerprint,
            file.DisplayPath, interrupted, Next(interrupted)));
        return interrupted ? ExitCode.Interrupted : ExitCode.Done;
    }

    private void AddNotes(Model model)
    {
        model.Notes[ModelNotes.Folds] = members.ToString(CultureInfo.InvariantCulture);
        model.Notes[ModelNotes.FoldsOf] = data.Train.Fingerprint;
        SourceNotes.AddTo(model, data.Source, plan.CommandOptions);
    }

    /// <returns>False if a signal ended the training before all members were trained.</returns>
    private bool Train(EnsembleTraining training)
    {
        try
        {
            training.Run(Report, view, terminal.Interruption.Token);
            return true;
        }
        catch (OperationCanceledException) when (terminal.Interruption.Token.IsCancellationRequested)
        {
            return training.IsComplete;
        }
    }

    private void Report(MemberReport member)
    {
        record.AfterMember(member);
        view.Member(member);
    }

    private InterruptedException NothingTrained() => new(
        $"none of {members} members had been trained, so no model was saved"
        + (File.Exists(file.FullPath) ? $"; {file.DisplayPath} is unchanged" : ""), record.ResumeCommand ?? "Run the command again.");

    /// <summary>Without test examples there is nothing to measure: the model has learned from all.</summary>
    private string Next(bool interrupted) =>
        interrupted && record.ResumeCommand is { } resume ? resume
        : data.Test is null ? $"nabla inspect {ShellWord.Quote(file.DisplayPath)}"
        : $"nabla evaluate {ShellWord.Quote(file.DisplayPath)} {data.TestArguments}";
}
