using System.Diagnostics;
using Nabla.Kernels;

namespace Nabla;

/// <summary>The training loop as a sequence of epochs, which one can <c>foreach</c> over and <c>break</c>.</summary>
internal sealed class TrainingLoop(ITrainingEngine engine, Network network, Dataset data, TrainingOptions options)
{
    private readonly BatchOrder order = CreateOrder(data, options);

    /// <summary>Detects that two threads drive the loop, or that one saves while another trains.</summary>
    public ExclusiveUse Use { get; } = new("training run");

    /// <summary>Batches in an epoch.</summary>
    public int BatchCount => order.BatchCount;

    /// <summary>Steps in the whole training run.</summary>
    public long StepCount => (long)options.Epochs * BatchCount;

    /// <summary>How far training has come; set it before the first epoch to continue from there.</summary>
    public TrainingPosition Position { get; set; }

    /// <summary>What the schedule has learned from the epochs so far; set it with <see cref="Position"/>.</summary>
    public ScheduleState Schedule { get; set; } = ScheduleState.Initial;

    /// <summary>The order in which a training run meets its examples.</summary>
    /// <exception cref="InvalidOptionException">Not one batch is full, and a short one is dropped.</exception>
    public static BatchOrder CreateOrder(Dataset data, TrainingOptions options)
    {
        var order = new BatchOrder(data.Count, options.BatchSize, options.DropLastBatch, options.Shuffle ? options.Seed : null);
        return order.BatchCount > 0 ? order : throw new InvalidOptionException(
            $"{data.Count} examples do not fill one batch of {options.BatchSize}, and a short last batch is dropped",
            "Use a smaller batch size.", nameof(TrainingOptions.BatchSize));
    }

    /// <summary>Trains epoch after epoch, up to the number in the options.</summary>
    /// <param name="progress">Told of each batch.</param>
    /// <param name="cancellation">Ends training after the current batch; <see cref="Position"/> then says where.</param>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">The loss or a parameter is not finite any more.</exception>
    /// <exception cref="InvalidOperationException">Another thread drives the loop.</exception>
    public IEnumerable<TrainedEpoch> Epochs(IProgress<BatchProgress>? progress, CancellationToken cancellation)
    {
        while (TrainEpoch(progress, cancellation) is { } epoch)
            yield return epoch;
    }

    /// <summary>Tells the schedule how an epoch ended.</summary>
    /// <param name="loss">Mean loss on the validation data; without them, that of training.</param>
    public void EndEpoch(double loss) => Schedule = options.Schedule.AfterEpoch(Schedule, loss);

    /// <returns>Null if all epochs are done.</returns>
    private TrainedEpoch? TrainEpoch(IProgress<BatchProgress>? progress, CancellationToken cancellation)
    {
        using var _ = Use.Enter();
        if (Position.Epoch >= options.Epochs)
            return null;
        var clock = Stopwatch.StartNew();
        order.Begin(Position.Epoch);
        try
        {
            while (Position.Batch < BatchCount)
            {
                cancellation.ThrowIfCancellationRequested();
                TrainBatch();
                progress?.Report(new(Position.Epoch, Position.Batch, BatchCount, Position.Examples, Position.LossSum / Position.Examples));
            }
        }
        finally
        {
            engine.Publish();
        }
        if (Finite.IndexOfOther(network.Parameters) >= 0)
            throw Diverged("a parameter is not a finite number any more");
        var done = new TrainedEpoch(Position.Epoch, Position.LossSum / Position.Examples, Position.Examples, clock.Elapsed);
        Position = new(Position.Epoch + 1, 0, 0, 0);
        return done;
    }

    private void TrainBatch()
    {
        var rows = order.Batch(Position.Batch);
        long step = (long)Position.Epoch * BatchCount + Position.Batch;
        double rate = options.Schedule.LearningRate(options.Optimizer.LearningRate, step, StepCount, BatchCount) * Schedule.Factor;
        double loss = engine.Step(rows, new StepContext((float)rate, Position.Epoch));
        if (!double.IsFinite(loss))
            throw Diverged($"the loss became {loss}");
        Position = Position with
        {
            Batch = Position.Batch + 1,
            Examples = Position.Examples + rows.Length,
            LossSum = Position.LossSum + loss,
        };
    }

    private TrainingDivergedException Diverged(string why) => new(
        "training diverged", $"epoch {Position.Epoch}, batch {Position.Batch}", why,
        $"Try a smaller learning rate than {options.Optimizer.LearningRate}, scaled inputs (standardize-per-feature), or scaled initial "
        + "weights (he, xavier).");
}
