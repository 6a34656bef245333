using System.Diagnostics;
using Nabla.Kernels;

namespace Nabla;

/// <summary>The training loop, one epoch at a time.</summary>
internal sealed class TrainingLoop(ITrainingEngine engine, Network network, Dataset data, TrainingOptions options)
{
    private readonly BatchOrder order = CreateOrder(data, options);
    private readonly IStepMeasuring? measuring = engine as IStepMeasuring;
    private readonly IStateSharing? sharing = engine as IStateSharing;

    /// <summary>Detects that two threads run the loop, or that one saves while another trains.</summary>
    public ExclusiveUse Use { get; } = new("training run");

    /// <summary>Number of batches in an epoch.</summary>
    public int BatchCount => order.BatchCount;

    /// <summary>Number of steps in the training run.</summary>
    public long StepCount => (long)options.Epochs * BatchCount;

    /// <summary>How far training has come; set it before the first epoch to continue from there.</summary>
    public TrainingPosition Position { get; set; }

    /// <summary>The state of the schedule after the epochs so far; set it with <see cref="Position"/>.</summary>
    public ScheduleState Schedule { get; set; } = ScheduleState.Initial;

    /// <summary>
    /// What the last full batch of the current epoch did to each layer; empty before it, and if the engine does not measure it. Set it
    /// with <see cref="Position"/>.
    /// </summary>
    public LayerUpdate[] MeasuredStep { get; set; } = [];

    /// <summary>Multiplies the learning rate of each step.</summary>
    public double RateFactor { get; set; } = 1;

    /// <summary>The learning rate of the last step; 0 before the first.</summary>
    public double LearningRate { get; private set; }

    /// <summary>The order of the examples in each epoch.</summary>
    /// <exception cref="InvalidOptionException">
    /// There are not enough examples for one batch, and a short batch is dropped; or there is a window, and nothing is shuffled.
    /// </exception>
    public static BatchOrder CreateOrder(Dataset data, TrainingOptions options)
    {
        if (options is { ShuffleWindow: not null, Shuffle: false })
        {
            throw new InvalidOptionException(
                "There is a shuffle window, and the examples are not shuffled", "Shuffle them, or leave the window out.",
                nameof(TrainingOptions.ShuffleWindow));
        }
        var order = new BatchOrder(
            data.Count, options.BatchSize, options.DropLastBatch, options.Shuffle ? options.Seed : null, options.ShuffleWindow);
        return order.BatchCount > 0 ? order : throw new InvalidOptionException(
            $"{data.Count} examples do not fill one batch of {options.BatchSize}, and a short last batch is dropped",
            "Use a smaller batch size.", nameof(TrainingOptions.BatchSize));
    }

    /// <summary>Trains one epoch, or what is left of it.</summary>
    /// <param name="progress">Called after each batch.</param>
    /// <param name="cancellationToken">Ends training after the current batch; <see cref="Position"/> then says where.</param>
    /// <returns>Null if all epochs are done.</returns>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">The loss or a parameter is no longer finite.</exception>
    /// <exception cref="InvalidOperationException">Another thread runs the loop.</exception>
    public TrainedEpoch? TrainEpoch(IProgress<BatchProgress>? progress, CancellationToken cancellationToken)
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
                cancellationToken.ThrowIfCancellationRequested();
                TrainBatch();
                progress?.Report(new(Position.Epoch, Position.Batch, BatchCount, Position.Examples, Position.LossSum / Position.Examples));
            }
            sharing?.ShareState();
        }
        catch (OperationCanceledException)
        {
            sharing?.ShareState(); // all ranks are cancelled after the same batch
            throw;
        }
        finally
        {
            engine.Publish();
        }
        if (Finite.IndexOfOther(network.Parameters) >= 0)
            throw Diverged("a parameter is no longer finite");
        var done = new TrainedEpoch(Position.Epoch, Position.LossSum / Position.Examples, Position.Examples, clock.Elapsed, MeasuredStep);
        (Position, MeasuredStep) = (new(Position.Epoch + 1, 0, 0, 0), []);
        return done;
    }

    /// <summary>Tells the schedule how an epoch ended.</summary>
    /// <param name="loss">Mean loss on the validation data; without them, that of training.</param>
    public void EndEpoch(double loss) => Schedule = options.Schedule.AfterEpoch(Schedule, loss);

    private void TrainBatch()
    {
        var rows = order.Batch(Position.Batch);
        long step = (long)Position.Epoch * BatchCount + Position.Batch;
        double rate = options.Schedule.LearningRate(options.Optimizer.LearningRate, step, StepCount, BatchCount) * Schedule.Factor;
        bool isMeasured = Position.Batch == order.LastFullBatch;
        if (isMeasured)
            measuring?.BeginMeasuredStep();
        LearningRate = rate *= RateFactor;
        double loss = engine.Step(rows, new StepContext((float)rate, Position.Epoch));
        if (!double.IsFinite(loss))
            throw Diverged($"the loss became {loss}");
        if (isMeasured)
            MeasuredStep = measuring?.MeasureStep() ?? [];
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
