using System.Collections.Concurrent;
using Microsoft.ML;

namespace Nabla.MLNet.Tests;

public sealed class ConcurrencyTests
{
    [Fact]
    public async Task A_pool_of_engines_over_one_transformer_gives_the_bits_of_one_thread()
    {
        var context = new MLContext();
        var rows = Flowers.Rows(500);
        var transformer = context.BinaryClassification.Trainers.Nabla("IsDear", training: Flowers.Quick).Fit(Flowers.View(context, rows));
        float[] expected = [.. rows.Select(row => transformer.Model.Predict(row.Features.AsSpan()).Scores[1])];
        var pool = new ConcurrentBag<PredictionEngine<Flowers.Row, Answer>>();
        int next = -1, wrong = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (int i = Interlocked.Increment(ref next); i < 8 * rows.Length; i = Interlocked.Increment(ref next))
            {
                if (!pool.TryTake(out var engine))
                    engine = context.Model.CreatePredictionEngine<Flowers.Row, Answer>(transformer);
                if (engine.Predict(rows[i % rows.Length]).Probability != expected[i % rows.Length])
                    Interlocked.Increment(ref wrong);
                pool.Add(engine);
            }
        })));
        Assert.Equal(0, wrong);
    }

    private sealed class Answer
    {
        public float Probability { get; set; }
    }
}
