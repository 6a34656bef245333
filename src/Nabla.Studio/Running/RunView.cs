using System.Diagnostics;

namespace Nabla.Studio;

/// <summary>What can be seen of a training run while it goes on. The thread that trains writes it; streams read it. Thread-safe.</summary>
/// <param name="run">The number of the run.</param>
/// <param name="plan">What is trained.</param>
/// <param name="control">How the user steers it.</param>
internal sealed class RunView(int run, RunPlan plan, RunControl control)
{
    private readonly Lock gate = new();
    private readonly Curve curve = new();
    private readonly EpochHistory epochs = new();
    private readonly long created = Stopwatch.GetTimestamp();
    private StateMessage state = new(run, "preparing")
    {
        Title = plan.Title, Lesson = plan.Lesson,
        LabelSmoothing = plan.Options.Loss is CrossEntropyLoss { LabelSmoothing: > 0 and var share } ? share : null,
    };

    private (int Epoch, int Examples, double LossSum) last;
    private (long Time, long Examples) speedStart;
    private long examplesDone;

    /// <summary>The number of the run.</summary>
    public int Run => run;

    /// <summary>What is trained.</summary>
    public RunPlan Plan => plan;

    /// <summary>idle, preparing, running, paused, finished, stopped or failed.</summary>
    public string State
    {
        get
        {
            lock (gate)
                return state.State;
        }
    }

    /// <summary>Changes the state.</summary>
    public void Update(Func<StateMessage, StateMessage> change)
    {
        lock (gate)
        {
            string before = state.State;
            state = change(state);
            // Pauses are no part of the speed.
            if (state.State != before)
                speedStart = (Stopwatch.GetTimestamp(), examplesDone);
        }
    }

    /// <summary>Adds a batch. Called very often, by the thread that trains.</summary>
    public void AddBatch(in BatchProgress progress, double rate)
    {
        lock (gate)
        {
            var before = last.Epoch == progress.Epoch ? last : (progress.Epoch, 0, 0);
            double lossSum = progress.Loss * progress.Examples;
            int examples = progress.Examples - before.Examples;
            long step = (long)progress.Epoch * progress.BatchCount + progress.Batch;
            examplesDone += examples;
            curve.Add(step, (lossSum - before.LossSum) / examples);
            last = (progress.Epoch, progress.Examples, lossSum);
            present = (progress, step, rate);
        }
    }

    private (BatchProgress Progress, long Step, double Rate) present;

    /// <summary>Adds an epoch that is complete.</summary>
    public void AddEpoch(EpochReport epoch)
    {
        lock (gate)
        {
            var metric = epoch.Validation?.Metrics[0];
            state = state with { Metric = metric?.Title ?? "" };
            epochs.Add(new(epoch.Epoch, epoch.Loss, Finite(epoch.Validation?.Loss), Finite(metric?.Value)));
        }
    }

    /// <summary>The state, with all that is new since a reader's last look.</summary>
    public StateMessage Read(RunCursor cursor)
    {
        lock (gate)
        {
            if (cursor.Run != run || cursor.Generation != curve.Generation)
                cursor.Points = 0;
            if (cursor.Run != run || cursor.EpochGeneration != epochs.Generation)
                cursor.Epochs = 0;
            if (cursor.Run != run)
                cursor.HasNotices = false;
            var message = Now() with
            {
                Curve = curve.Count > cursor.Points || cursor.Points == 0 ? curve.From(cursor.Points) : null,
                NewEpochs = epochs.From(cursor.Epochs),
                Notices = cursor.HasNotices ? null : state.Notices,
            };
            cursor.HasNotices |= message.Notices is not null;
            (cursor.Run, cursor.Generation, cursor.Points) = (run, curve.Generation, curve.Count);
            (cursor.EpochGeneration, cursor.Epochs) = (epochs.Generation, epochs.Settled);
            return message;
        }
    }

    /// <summary>The whole run.</summary>
    public PastRunMessage ReadAll()
    {
        lock (gate)
        {
            return new(run, plan.Title, state.Data, state.Metric, state.Fingerprint, curve.From(0), epochs.From(0).Epochs)
            {
                Lesson = plan.Lesson,
            };
        }
    }

    private StateMessage Now()
    {
        var state = this.state with
        {
            RateFactor = control.RateFactor, IsRepeatable = plan.Request is not null && !control.HasChangedRate,
        };
        if (present.Progress.BatchCount == 0)
            return state;
        double seconds = Stopwatch.GetElapsedTime(Math.Max(created, speedStart.Time)).TotalSeconds;
        long examples = examplesDone - speedStart.Examples;
        return state with
        {
            Epoch = present.Progress.Epoch,
            Batch = present.Progress.Batch,
            Batches = present.Progress.BatchCount,
            Step = present.Step,
            Rate = present.Rate,
            Loss = Finite(present.Progress.Loss),
            ExamplesPerSecond = state.State == "running" && seconds > 0.05 ? Math.Round(examples / seconds) : 0,
        };
    }

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}

/// <summary>How much of a run a reader has seen. Not thread-safe.</summary>
internal sealed class RunCursor
{
    public int Run { get; set; }

    public int Generation { get; set; }

    public int Points { get; set; }

    public int EpochGeneration { get; set; }

    public int Epochs { get; set; }

    public bool HasNotices { get; set; }
}
