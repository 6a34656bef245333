using System.CommandLine;

namespace Nabla.Cli;

/// <summary><c>nabla selftest concurrent</c>: any number of threads may predict with one model at once.</summary>
internal sealed class ConcurrentTest(Terminal terminal)
    : SelfTest("concurrent", "1 to 16 threads predict with the same models at once, as one thread does.", "predictions", 100_000, terminal)
{
    private const int MostThreads = 16;
    private const int LargestBatch = 300;

    /// <inheritdoc/>
    protected override SelfTestResult Run(ParseResult parse, int n, ulong randomSeed, Terminal outside)
    {
        var models = SamplePredictions.OfAllRuns(randomSeed, outside.Interruption.Token);
        var found = new List<string>();
        int done = 0;
        for (int threads = 1; threads <= MostThreads; threads++)
        {
            int upTo = (int)((long)n * threads / MostThreads);
            Predict(models, threads, upTo - done, unchecked((int)randomSeed + threads), found, outside.Interruption.Token);
            done = upTo;
        }
        if (found.Count > 0)
            outside.Out.WriteLine(found[0]);
        return new(
            found.Count == 0,
            $"{done} predictions by 1 to {MostThreads} threads at once (seed {randomSeed}), "
            + (found.Count == 0 ? "all as alone" : $"{found.Count} threads found differences"));
    }

    /// <summary>Divides predictions among threads, which all use all models.</summary>
    private static void Predict(
        SamplePredictions[] models, int threads, int count, int seed, List<string> found, CancellationToken interruption)
    {
        // Threads of their own: the thread pool might run fewer at once.
        Thread[] running = [.. Enumerable.Range(0, threads).Select(number => new Thread(() =>
        {
            int own = count * (number + 1) / threads - count * number / threads;
            if (FirstDifference(models, own, new Random(seed * MostThreads + number), interruption) is not { } difference)
                return;
            lock (found)
                found.Add($"{difference}; {threads} threads at once");
        }))];
        Array.ForEach(running, thread => thread.Start());
        Array.ForEach(running, thread => thread.Join());
        interruption.ThrowIfCancellationRequested();
    }

    private static string? FirstDifference(SamplePredictions[] models, int count, Random random, CancellationToken interruption)
    {
        try
        {
            for (int done = 0; done < count && !interruption.IsCancellationRequested;)
            {
                var model = models[random.Next(models.Length)];
                // As many single predictions as batches.
                int size = random.Next(2) == 0 ? 1 : Math.Min(1 + random.Next(LargestBatch), count - done);
                int[] rows = model.Draw(random, size);
                if ((size == 1 ? model.CompareOne(rows[0]) : model.CompareBatch(rows)) is { } difference)
                    return difference;
                done += size;
            }
            return null;
        }
        catch (Exception exception)
        {
            return $"differs: {exception}";
        }
    }
}
