using Nabla.Kernels;

namespace Nabla.Tests;

/// <summary>However a step is shared among threads, and whether zeros are skipped or not, the gradient has the same bits.</summary>
public class SharingTests
{
    // The second and third have more weights than a network whose examples are shared out.
    public static TheoryData<int[], int> Networks() =>
        new() { { [70, 33, 18, 5], 37 }, { [300, 500, 10], 50 }, { [260, 130, 600, 40, 3], 13 }, { [784, 20, 10], 600 } };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Skipping_zeros_and_any_number_of_threads_leave_the_gradient_as_it_is(int[] sizes, int examples)
    {
        var network = Draw(sizes);
        var (inputs, labels) = Batch(sizes, examples, density: 0.2);
        var expected = new float[network.Topology.ParameterCount];
        double expectedLoss = new Backpropagation(network, Loss.CrossEntropy, examples, threads: 1).Gradient(
            inputs, TargetBatch.FromLabels(labels), expected);
        foreach (int threads in (int[])[1, 2, 3, 5])
        {
            var backpropagation = new Backpropagation(network, Loss.CrossEntropy, examples + 3, threads);
            // A first batch is dense; from the second on, zeros are skipped.
            for (int batch = 0; batch < 3; batch++)
            {
                var gradient = new float[network.Topology.ParameterCount];
                double loss = backpropagation.Gradient(inputs, TargetBatch.FromLabels(labels), gradient);
                Assert.Equal(expectedLoss, loss);
                Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), gradient.Select(BitConverter.SingleToInt32Bits));
            }
        }
    }

    [Theory]
    [InlineData(40)]
    [InlineData(700)]
    public void Where_weights_are_not_finite_zeros_count(int hidden)
    {
        int[] sizes = [200, hidden, 4];
        var network = Draw(sizes);
        var (inputs, labels) = Batch(sizes, 20, density: 0.1);
        // Input 7 is zero in every example, so only a product with zero meets this weight.
        for (int example = 0; example < 20; example++)
            inputs[example * 200 + 7] = 0;
        var backpropagation = new Backpropagation(network, Loss.CrossEntropy, 20, threads: 2);
        var gradient = new float[network.Topology.ParameterCount];
        Assert.True(double.IsFinite(backpropagation.Gradient(inputs, TargetBatch.FromLabels(labels), gradient)));
        network.EditParameters()[7 * hidden] = float.PositiveInfinity;
        Assert.True(double.IsNaN(backpropagation.Gradient(inputs, TargetBatch.FromLabels(labels), gradient)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Where_weights_are_not_finite_bytes_are_read_again_and_count(int threads)
    {
        int[] sizes = [200, 40, 4];
        var network = Draw(sizes);
        var (inputs, labels) = Batch(sizes, 20, density: 0.1);
        for (int example = 0; example < 20; example++)
            inputs[example * 200 + 107] = 0;
        var optimizer = Optimizer.Create(new SgdOptions(), network.Topology);
        optimizer.BeginStep(new StepContext(1e-6f));
        var (use, gradient) = (GradientUse.ApplyAtOnce(optimizer, network), new float[network.Topology.ParameterCount]);
        var (backpropagation, batch) = (new Backpropagation(network, Loss.CrossEntropy, 20, threads), Inputs(inputs, 20, asBytes: true));
        for (int step = 0; step < 2; step++)
            Assert.True(double.IsFinite(backpropagation.Step(batch, TargetBatch.FromLabels(labels), gradient, use)));
        network.EditParameters()[107 * 40] = float.PositiveInfinity;
        Assert.True(double.IsNaN(backpropagation.Step(batch, TargetBatch.FromLabels(labels), gradient, use)));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_step_moves_the_parameters_along_the_gradient_of_that_batch(int[] sizes, int examples)
    {
        foreach (int threads in (int[])[1, 2, 3])
        {
            foreach (var (options, asBytes) in ((OptimizerOptions, bool)[])
            [
                (new SgdOptions { WeightDecay = 0.01f }, false), (new AdamOptions { WeightDecay = 0.01f }, false),
                (new AdamOptions { WeightDecay = 0.01f }, true),
            ])
            {
                var (stepped, moved) = (Draw(sizes), Draw(sizes));
                var (stepping, moving) = (Optimizer.Create(options, stepped.Topology), Optimizer.Create(options, moved.Topology));
                var backpropagation = new Backpropagation(stepped, Loss.CrossEntropy, examples, threads);
                var (inputs, labels) = Batch(sizes, examples, density: 0.2);
                var batch = Inputs(inputs, examples, asBytes);
                float[] ofStep = new float[stepped.Topology.ParameterCount], gradient = new float[ofStep.Length];
                // Before the fifth step, somebody changes a weight.
                for (int step = 0; step < 6; step++)
                {
                    if (step == 4)
                        stepped.BeginUpdate()[3] = moved.BeginUpdate()[3] = 0.5f;
                    stepping.BeginStep(new StepContext(options.LearningRate));
                    double loss = backpropagation.Step(
                        batch, TargetBatch.FromLabels(labels), ofStep, GradientUse.ApplyAtOnce(stepping, stepped));
                    Assert.Equal(
                        new Backpropagation(moved, Loss.CrossEntropy, examples, threads: 1)
                            .Gradient(inputs, TargetBatch.FromLabels(labels), gradient),
                        loss);
                    moving.Step(moved, gradient);
                    Assert.Equal(moved.Fingerprint, stepped.Fingerprint);
                }
            }
        }
    }

    /// <summary>The inputs as a batch. Bytes they are made first, and become what these stand for.</summary>
    private static BatchInputs Inputs(float[] inputs, int examples, bool asBytes)
    {
        var batch = new BatchInputs(new Preprocessing(Scaling.None, [0f], [asBytes ? 1f / 255f : 1f]), examples);
        int columns = inputs.Length / examples;
        if (!asBytes)
        {
            batch.SetBatch(FeatureTable.FromFloats(inputs, examples, columns), 0, examples);
            return batch;
        }
        byte[] bytes = [.. inputs.Select(input => (byte)Math.Min(255, 100 * Math.Abs(input)))];
        for (int i = 0; i < bytes.Length; i++)
            inputs[i] = bytes[i] * (1f / 255f);
        batch.SetBatch(FeatureTable.FromBytes(bytes, examples, columns), 0, examples);
        return batch;
    }

    private static Network Draw(int[] sizes) =>
        InitialValues.Draw(new Topology(sizes, Activation.Relu, Activation.Softmax), Initialization.He, 3);

    private static (float[] Inputs, int[] Labels) Batch(int[] sizes, int examples, double density)
    {
        var stream = new RandomStream(5, RandomPurpose.GradientCheck);
        var inputs = new float[examples * sizes[0]];
        foreach (ref float input in inputs.AsSpan())
            input = stream.NextUInt32(1000) < 1000 * density ? (float)stream.NextNormal() : 0f;
        var labels = new int[examples];
        foreach (ref int label in labels.AsSpan())
            label = (int)stream.NextUInt32((uint)sizes[^1]);
        return (inputs, labels);
    }
}
