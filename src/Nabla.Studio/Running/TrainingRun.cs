using System.Diagnostics;

namespace Nabla.Studio;

/// <summary>One training run, on a thread of its own. The library trains, so the fingerprint is that of <c>nabla train</c>.</summary>
/// <param name="plan">What to train.</param>
/// <param name="control">How the user steers it.</param>
/// <param name="view">Receives what can be seen.</param>
/// <param name="hub">Woken when there is something new.</param>
internal sealed class TrainingRun(RunPlan plan, RunControl control, RunView view, Hub hub) : IProgress<BatchProgress>, IDisposable
{
    // More often than the streams send.
    private static readonly long NotifyInterval = Stopwatch.Frequency / 50;

    private Training? training;
    private ParameterSnapshot? snapshot;
    private long notified;
    private volatile bool hasEnded;

    public RunControl Control => control;

    public RunView View => view;

    public RunPlan Plan => plan;

    /// <summary>The data; null until they are loaded.</summary>
    public StudioData? Data { get; private set; }

    /// <summary>
    /// Whether the run is over, so that another one may start. It is set before the final state is shown: whoever sees that state may act
    /// on it.
    /// </summary>
    public bool HasEnded => hasEnded;

    /// <summary>The model of a run that has ended; null before.</summary>
    public Model? Result { get; private set; }

    /// <summary>The model in training; null before. Only its shape and its scaling may be used while it is trained.</summary>
    public Model? Model => training?.Model;

    /// <summary>Whether <see cref="CopyNetwork"/> has anything to copy.</summary>
    public bool HasCopy => snapshot is { HasCopy: true };

    /// <summary>Draws the network; null until training begins.</summary>
    public PictureMaker? Pictures { get; private set; }

    /// <summary>Trains until the end, or until the run is stopped.</summary>
    public void Run()
    {
        try
        {
            Begin();
            foreach (var epoch in training!.Epochs(this, Control.Stopped))
            {
                view.AddEpoch(epoch);
                if (!training.IsComplete)
                    Pausing(Control.AfterEpoch(() => Pause(StepNow)));
            }
            plan.Finished?.Invoke(training.Model, Data!);
            End("finished");
        }
        catch (OperationCanceledException)
        {
            plan.BrokenOff?.Invoke("it was stopped");
            End("stopped");
        }
        catch (NablaException error)
        {
            string why = error is InvalidInputException ? $"{error.Where}: {error.Why}" : error.Why;
            Fail(new ProblemMessage(error.What, why, error.Remedy), error is TrainingDivergedException);
        }
        catch (InvalidOptionException error)
        {
            Fail(new ProblemMessage("these options cannot be used", error.Problem, error.Remedy));
        }
        // Whatever happens on this thread must not end the process, which serves other pages: memory that is exhausted, above all.
        catch (Exception error)
        {
            Fail(new ProblemMessage("training failed", error.Message, "Choose other data or options."));
        }
    }

    /// <summary>Called after each batch.</summary>
    public void Report(BatchProgress value)
    {
        view.AddBatch(value, training!.LearningRate);
        snapshot!.Offer(Step(value));
        long now = Stopwatch.GetTimestamp();
        if (now - notified > NotifyInterval)
        {
            notified = now;
            hub.Notify();
        }
        Pausing(Control.AfterBatch(value.Batch == value.BatchCount, () => Pause(Step(value))));
        training.LearningRateFactor = Control.RateFactor;
    }

    /// <summary>Says that the network cannot be drawn. Training goes on.</summary>
    public void EndPictures(string why)
    {
        Pictures = null;
        view.Update(state => state with { PictureProblem = $"The network cannot be drawn: {why}" });
        hub.Notify();
    }

    /// <summary>Draws the network as it is now.</summary>
    /// <returns>Null if nothing has changed since the last picture.</returns>
    public PictureMessage? TryDraw() => Pictures is { HasPicture: true } pictures && snapshot?.Take(pictures.Parameters) is { } step
        ? pictures.Draw(step)
        : null;

    /// <summary>Copies the network as it was at the last pause, at the end, or when it was last drawn.</summary>
    /// <returns>The copy, and the step after which the network was like this; null if there is none yet.</returns>
    public (Network Network, long Step)? CopyNetwork()
    {
        if (snapshot is not { } parameters || Model is not { } model)
            return null;
        var network = new Network(model.Topology);
        return parameters.Read(network.EditParameters()) is { } step ? (network, step) : null;
    }

    public void Dispose() => Control.Dispose();

    /// <summary>Steps that were taken; only the thread that trains may ask.</summary>
    private long StepNow => training is null ? 0 : (long)training.Position.Epoch * training.BatchCount + training.Position.Batch;

    private static long Step(BatchProgress progress) => (long)progress.Epoch * progress.BatchCount + progress.Batch;

    private void Begin()
    {
        hub.Notify();
        Data = plan.Load();
        RunLimits.Require(Data.Train, plan.Options);
        training = Training.Begin(Data.Train, plan.Options, Data.Test);
        plan.CopyStartTo(training.Model.Network);
        snapshot = new ParameterSnapshot(training.Model.Network);
        Pictures = new PictureMaker(view.Run, training.Model, Data);
        view.Update(state => state with
        {
            State = "running", Data = Data.Title, Notices = Data.Notices, Network = $"{training.Model.Network}",
            Epochs = plan.Options.Epochs, Batches = training.BatchCount,
        });
        hub.Notify();
    }

    private void Pause(long step)
    {
        snapshot!.Offer(step, always: true);
        view.Update(state => state with { State = "paused" });
        hub.Notify();
    }

    private void Pausing(bool hasPaused)
    {
        if (hasPaused && !Control.Stopped.IsCancellationRequested)
            view.Update(state => state with { State = "running" });
    }

    private void End(string how)
    {
        Result = training?.Model;
        snapshot?.Offer(StepNow, always: true);
        Publish(state => state with
        {
            State = how, Fingerprint = Result?.Fingerprint, CanRead = Result is not null && DigitReader.WhyNot(Result) is null,
        });
    }

    private void Fail(ProblemMessage problem, bool hasDiverged = false)
    {
        plan.BrokenOff?.Invoke($"{problem.What}: {problem.Why}");
        Publish(state => state with { State = "failed", Problem = problem, HasDiverged = hasDiverged });
    }

    /// <summary>The last thing that a run does.</summary>
    private void Publish(Func<StateMessage, StateMessage> final)
    {
        hasEnded = true;
        view.Update(final);
        hub.Notify();
    }
}
