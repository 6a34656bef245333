using System.Diagnostics;

namespace Nabla;

/// <summary>The training loop as a sequence of epochs, which one can <c>foreach</c> over and <c>break</c>.</summary>
internal sealed class TrainingLoop(ITrainingEngine engine, Network network, Dataset data, TrainingOptions options)
{
    private readonly BatchOrder order = new(data.Count, options.BatchSize, options.DropLastBatch, options.Shuffle ? options.Seed : null);

    /// <summary>Batches in an epoch.</summary>
    public int BatchCount => order.BatchCount;

    /// <summary>How far the training has come; set it before the first epoch to go on from there.</summary>
    public TrainingPosition Position { get; set; }

    /// <summary>Trains epoch after epoch, up to the number in the options.</summary>
    /// <param name="progress">Hears of each batch.</param>
    /// <param name="cancellation">Ends the training after the batch at hand; <see cref="Position"/> then says where.</param>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">The loss or a parameter is not finite any more.</exception>
    public IEnumerable<TrainedEpoch> Epochs(IProgress<BatchProgress>? progress, CancellationToken cancellation)
    {
        while (Position.Epoch < options.Epochs)
        {
            var clock = Stopwatch.StartNew();
            order.Begin(Position.Epoch);
            while (Position.Batch < order.BatchCount)
            {
                cancellation.ThrowIfCancellationRequested();
                TrainBatch();
                progress?.Report(new(Position.Epoch, Position.Batch, order.BatchCount, Position.Examples, Position.LossSum / Position.Examples));
            }
            engine.Publish();
            if (network.Parameters.ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
                throw Diverged("a parameter is no finite number any more");
            var done = new TrainedEpoch(Position.Epoch, Position.LossSum / Position.Examples, Position.Examples, clock.Elapsed);
            Position = new(Position.Epoch + 1, 0, 0, 0);
            yield return done;
        }
    }

    private void TrainBatch()
    {
        var rows = order.Batch(Position.Batch);
        double loss = engine.Step(data, rows);
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
        "the training diverged", $"epoch {Position.Epoch}, batch {Position.Batch}", why,
        $"Try a smaller learning rate than {options.Optimizer.LearningRate}, scaled inputs (standardize-per-feature), or scaled initial weights (he, xavier).");
}
