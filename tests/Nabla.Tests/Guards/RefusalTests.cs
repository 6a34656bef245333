using Nabla.Kernels;

namespace Nabla.Tests;

/// <summary>What is read or written through pointers is checked at the entry, before anything is touched.</summary>
public class RefusalTests
{
    private readonly Network network =
        InitialValues.Draw(new Topology([6, 4, 2], Activation.Relu, Activation.Softmax), Initialization.He, 1);

    [Fact]
    public void Outputs_that_overlap_the_inputs()
    {
        float[] values = new float[20];
        var predictor = new Predictor(network);
        Assert.StartsWith(
            "The outputs overlap the inputs.",
            Assert.Throws<ArgumentException>(() => predictor.Predict(values.AsSpan(0, 12), values.AsSpan(11, 4))).Message);
        predictor.Predict(values.AsSpan(0, 12), values.AsSpan(12, 4));
        Assert.Equal(0.5f, values[12]);
    }

    [Fact]
    public void A_gradient_that_overlaps_what_it_is_computed_from()
    {
        var backpropagation = new Backpropagation(network, Loss.CrossEntropy, 3);
        float[] values = new float[network.Parameters.Length + 20];
        int[] labels = [0, 1];
        Assert.Throws<ArgumentException>(() => backpropagation.Gradient(
            values.AsSpan(0, 12), TargetBatch.FromLabels(labels), values.AsSpan(11, network.Parameters.Length)));
        Assert.Throws<ArgumentException>(() => backpropagation.Gradient(
            new float[12], TargetBatch.FromLabels(labels, values.AsSpan(0, 2)), values.AsSpan(1, network.Parameters.Length)));
        Assert.Throws<ArgumentException>(
            () => backpropagation.Gradient(new float[12], TargetBatch.FromLabels(labels), network.EditParameters()));
        backpropagation.Gradient(values.AsSpan(0, 12), TargetBatch.FromLabels(labels), values.AsSpan(12, network.Parameters.Length));
    }

    [Fact]
    public void Rows_that_a_table_does_not_have()
    {
        var table = FeatureTable.FromBytes(new byte[30], 5, 6);
        var inputs = new BatchInputs(Preprocessing.Fit(table, Scaling.Unit), capacity: 4);
        Assert.Throws<ArgumentOutOfRangeException>(() => inputs.SetBatch(table, [0, 5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => inputs.SetBatch(table, [-1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => inputs.SetBatch(table, 3, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => inputs.SetBatch(table, -1, 3));
        inputs.SetBatch(table, 2, 3);
        inputs.Require(3, 6);
        Assert.Throws<ArgumentException>(() => inputs.Require(2, 6));
        Assert.Throws<ArgumentException>(() => inputs.Require(3, 7));
    }

    [Fact]
    public void A_step_of_an_optimizer_without_room()
    {
        Assert.Throws<ArgumentException>(() => new UpdateLoop(new float[3], new float[4], [], [], []));
        Assert.Throws<InvalidOperationException>(() =>
        {
            var loop = new UpdateLoop(new float[4], new float[4], new float[4], new float[3], []);
            loop.RunFrom<ScalarLanes, float, TwoMemories>(default, 0);
        });
        Assert.Throws<InvalidOperationException>(() =>
        {
            var loop = new UpdateLoop(new float[4], new float[4], new float[4], new float[4], new float[3]);
            loop.RunFrom<ScalarLanes, float, ThreeMemories>(default, 0);
        });
    }

    [Fact]
    public void Parameters_of_an_optimizer_that_are_not_one_after_the_other()
    {
        ParameterBlock first = new("a", 0, [2], Decays: true);
        Optimizer.Create(new SgdOptions(), [first, new("b", 2, [1], Decays: true, 0)]);
        Assert.All(
            (ParameterBlock[])
            [
                new("b", 1, [1], true), new("b", 3, [1], true),
                new("b", 2, [1], true, -1), new("b", 2, [1], true, float.NaN), new("b", 2, [1], true, float.PositiveInfinity),
            ],
            second => Assert.Throws<ArgumentException>(() => Optimizer.Create(new SgdOptions(), [first, second])));
        Assert.Throws<ArgumentException>(() => Optimizer.Create(new SgdOptions(), Array.Empty<ParameterBlock>()));
    }

    [Fact]
    public void Images_whose_pixels_have_no_places_between_them()
    {
        const int Side = (1 << 20) + 1;
        var data = new Dataset(
            "a line", FeatureTable.FromBytes(new byte[Side], 1, Side), new ClassTargets([0], ["a"]), inputShape: [1, Side]);
        var augmentation = new Augmentation { Shift = 1 };
        var error = Assert.Throws<InvalidOptionException>(() => augmentation.Apply(data, [0], 0, 1));
        Assert.Contains("up to 1048576 pixels a side", error.Message, StringComparison.Ordinal);
    }

    private readonly struct ThreeMemories : IUpdateLanes<float>
    {
        public static int Memories => 3;

        public float Apply(float weight, float gradient, ref float first, ref float second, ref float third) => weight;
    }

    private readonly struct TwoMemories : IUpdateLanes<float>
    {
        public static int Memories => 2;

        public float Apply(float weight, float gradient, ref float first, ref float second, ref float third) => weight;
    }
}
