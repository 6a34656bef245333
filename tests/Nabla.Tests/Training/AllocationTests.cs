namespace Nabla.Tests;

/// <summary>Tests that look at the whole process, so that no other may run beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public class Alone;

/// <summary>Once warm, a training step allocates nothing, on any thread.</summary>
[Collection(nameof(Alone))]
public class AllocationTests
{
    [Theory]
    [InlineData(24, false, 0f, 0f)]
    [InlineData(24, true, 0f, 0f)]
    [InlineData(24, false, 0.5f, 1f)]
    [InlineData(900, false, 0f, 0f)]
    [InlineData(900, true, 0f, 1f)]
    [InlineData(900, true, 0.5f, 0f)]
    public void A_step_allocates_nothing(int hidden, bool dense, float dropout, float distortion)
    {
        var data = RandomData.Images(640, side: 14);
        foreach (OptimizerOptions optimizer in (OptimizerOptions[])[new SgdOptions(), new AdamOptions()])
        {
            var options = new TrainingOptions
            {
                Hidden = [hidden, 16], Activation = Activation.Sigmoid, Dropout = dropout, BatchSize = 64, Threads = 2, Epochs = 1,
                Optimizer = optimizer, Scaling = dense ? Scaling.Standardize : Scaling.Unit,
                Augmentation = new() { Shift = distortion, ElasticStrength = distortion, ElasticSmoothness = 2 },
            };
            var engine = new VectorizedEngine(TrainingStart.Create(data, options), data);
            int[] rows = [.. Enumerable.Range(0, 64)];
            for (int warm = 0; warm < 5; warm++)
                engine.Step(rows, new StepContext(0.1f));
            // All threads are counted, the test runner's too: the least of several looks is this step's own.
            long least = long.MaxValue;
            for (int look = 0; look < 50 && least > 0; look++)
            {
                long before = GC.GetTotalAllocatedBytes(precise: true);
                engine.Step(rows, new StepContext(0.1f));
                least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
            }
            Assert.Equal(0, least);
        }
    }
}
