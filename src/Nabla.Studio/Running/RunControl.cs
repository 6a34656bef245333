namespace Nabla.Studio;

/// <summary>How a user steers a run: pause, resume, one step, one epoch, stop. Thread-safe.</summary>
internal sealed class RunControl : IDisposable
{
    private enum Mode
    {
        Run,
        Step,
        Epoch,
        Paused,
    }

    private const double LongestPace = 1000;

    private readonly object gate = new();
    private readonly CancellationTokenSource stop = new();
    private Mode mode;
    private TimeSpan pace;
    private double rateFactor = 1;
    private bool hasChangedRate;

    /// <param name="start">run, step or epoch.</param>
    /// <param name="pace">Pause after each batch in milliseconds.</param>
    public RunControl(string start, double pace)
    {
        mode = Parse(start);
        Pace = pace;
    }

    /// <summary>Cancelled when the run is to end.</summary>
    public CancellationToken Stopped => stop.Token;

    /// <summary>Whether the run waits, or is about to.</summary>
    public bool IsPaused
    {
        get
        {
            lock (gate)
                return mode == Mode.Paused;
        }
    }

    /// <summary>Pause after each batch in milliseconds.</summary>
    public double Pace
    {
        set => Change(() => pace = TimeSpan.FromMilliseconds(value is >= 0 and <= LongestPace
            ? value
            : throw Invalid("the pause after each batch", $"it is {value} ms", $"Use 0 to {LongestPace} ms.")));
    }

    /// <summary>The factor of the learning rate.</summary>
    public double RateFactor
    {
        get
        {
            lock (gate)
                return rateFactor;
        }
        set => Change(() =>
        {
            if (value is not (>= 0 and <= 1000))
                throw Invalid("the learning rate", $"its factor is {value}", "Use 0 to 1000 times the rate of the options.");
            hasChangedRate |= value != rateFactor;
            rateFactor = value;
        });
    }

    /// <summary>Whether the learning rate was ever another than that of the options.</summary>
    public bool HasChangedRate
    {
        get
        {
            lock (gate)
                return hasChangedRate;
        }
    }

    /// <summary>Carries out a command.</summary>
    /// <exception cref="InvalidInputException">There is no such command.</exception>
    public void Command(string command)
    {
        var next = command switch
        {
            "stop" or "resume" => Mode.Run,
            "pause" => Mode.Paused,
            _ => Parse(command),
        };
        if (command == "stop")
            stop.Cancel();
        // What is stopped stays so.
        Change(() => mode = stop.IsCancellationRequested ? Mode.Run : next);
    }

    /// <summary>
    /// Waits while the run is paused. Called by the thread that trains, after each batch. After the last one of an epoch, it leaves that to
    /// <see cref="AfterEpoch"/>: the epoch is complete, and is measured first.
    /// </summary>
    /// <param name="endsEpoch">Whether the batch was the last one of its epoch.</param>
    /// <param name="onPause">Called before it waits.</param>
    /// <returns>Whether it was paused.</returns>
    public bool AfterBatch(bool endsEpoch, Action onPause)
    {
        lock (gate)
        {
            if (mode == Mode.Step && !endsEpoch)
                mode = Mode.Paused;
            if (mode != Mode.Paused && pace > TimeSpan.Zero && !Stopped.IsCancellationRequested)
                Monitor.Wait(gate, pace);
        }
        return !endsEpoch && WaitWhilePaused(onPause);
    }

    /// <summary>Waits while the run is paused. Called after each epoch.</summary>
    /// <inheritdoc cref="AfterBatch"/>
    public bool AfterEpoch(Action onPause)
    {
        lock (gate)
        {
            if (mode is Mode.Step or Mode.Epoch)
                mode = Mode.Paused;
        }
        return WaitWhilePaused(onPause);
    }

    public void Dispose() => stop.Dispose();

    private bool WaitWhilePaused(Action onPause)
    {
        if (!IsPaused)
            return false;
        onPause();
        lock (gate)
        {
            while (mode == Mode.Paused && !stop.IsCancellationRequested)
                Monitor.Wait(gate);
        }
        return true;
    }

    private void Change(Action change)
    {
        lock (gate)
        {
            change();
            Monitor.PulseAll(gate);
        }
    }

    private static Mode Parse(string start) => start switch
    {
        "run" => Mode.Run,
        "step" => Mode.Step,
        "epoch" => Mode.Epoch,
        _ => throw Invalid("the command", $"{start} is not one", "Use run, step, epoch, pause, resume or stop."),
    };

    private static InvalidInputException Invalid(string where, string why, string remedy) =>
        new("cannot steer the training run", where, why, remedy);
}
