using System.CommandLine;

namespace Nabla.Cli;

/// <summary><c>nabla selftest batch</c>: a prediction does not depend on the batch that the example is predicted in.</summary>
internal sealed class BatchTest(Terminal terminal)
    : SelfTest("batch", "A prediction is the same in a batch of 1 to 4096 examples, at any place.", "predictions", 100_000, terminal)
{
    private const int LargestBatch = 4096;

    /// <inheritdoc/>
    protected override SelfTestResult Run(ParseResult parse, int n, ulong randomSeed, Terminal outside)
    {
        var models = SamplePredictions.OfAllRuns(randomSeed, outside.Interruption.Token);
        var random = new Random(unchecked((int)randomSeed));
        var sizes = new HashSet<int>();
        int batches = 0, different = 0;
        for (int done = 0; done < n; batches++)
        {
            outside.Interruption.Token.ThrowIfCancellationRequested();
            int size = Math.Min(Size(random, batches), n - done);
            var model = models[batches % models.Length];
            if (model.CompareBatch(model.Draw(random, size)) is { } difference && different++ == 0)
                outside.Out.WriteLine(difference);
            sizes.Add(size);
            done += size;
        }
        return new(
            different == 0,
            $"{n} predictions in {batches} batches of {sizes.Count} sizes from {sizes.Min()} to {sizes.Max()} (seed {randomSeed}), "
            + (different == 0 ? "all as alone" : $"{different} batches differ"));
    }

    /// <summary>First the extremes; then as many small batches as large ones.</summary>
    private static int Size(Random random, int batch) => batch switch
    {
        < 8 => 1,
        < 16 => LargestBatch,
        _ when batch / 8 % 2 == 0 => 1 + random.Next(LargestBatch),
        _ => 1 + random.Next(1 << 1 + random.Next(12)),
    };
}
