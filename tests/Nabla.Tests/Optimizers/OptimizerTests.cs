using Nabla.Kernels;

namespace Nabla.Tests;

/// <summary>What holds for every optimizer of the catalogue.</summary>
public class OptimizerTests
{
    public static TheoryData<string> Kinds() => [.. KindTexts.Variants(OptimizerOptions.All)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Steps_have_the_bits_of_one_lane_at_every_width_and_length(string kind)
    {
        for (int length = 2; length <= 70; length++)
        {
            int[] expected = Bits(Steps(kind, length, KernelWidth.Scalar));
            foreach (var width in Enum.GetValues<KernelWidth>().Where(KernelChoice.IsSupported))
                Assert.Equal(expected, Bits(Steps(kind, length, width)));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_step_in_parts_has_the_bits_of_a_step_at_once(string kind)
    {
        int[] whole = Bits(Steps(kind, 70, KernelChoice.Width));
        Assert.Equal(whole, Bits(Steps(kind, 70, KernelChoice.Width, cut: 33)));
        Assert.Equal(whole, Bits(Steps(kind, 70, KernelChoice.Width, cut: 1)));
    }

    [Fact]
    public void Sgd_has_the_bits_of_its_formula()
    {
        var parameters = new float[] { 0.7f, -1.3f, 0.2f };
        var optimizer = Optimizer.Create(new SgdOptions { LearningRate = 0.3f, WeightDecay = 0.01f }, Block(3));
        optimizer.BeginStep(new StepContext(0.3f));
        float[] gradient = [0.1f, 2f, -3f];
        float[] expected = [.. gradient.Select((slope, i) => MathF.FusedMultiplyAdd(
            -0.3f, MathF.FusedMultiplyAdd(0.01f, parameters[i], slope), parameters[i]))];
        optimizer.Move(gradient, parameters, 0, 3);
        Assert.Equal(expected, parameters);
    }

    [Fact]
    public void Nesterovs_step_looks_ahead_along_the_new_velocity()
    {
        // v = 2, then 0.5 * 2 + 2 = 3; a step goes by 2 + 0.5 v.
        var parameters = new float[] { 1 };
        var optimizer = Optimizer.Create(new MomentumOptions { Momentum = 0.5f, Nesterov = true }, Block(1));
        foreach (float expected in (float[])[1 - 0.25f * 3, 1 - 0.25f * (3 + 3.5f)])
        {
            optimizer.BeginStep(new StepContext(0.25f));
            optimizer.Move([2f], parameters, 0, 1);
            Assert.Equal([expected], parameters);
        }
    }

    [Fact]
    public void Amsgrad_does_not_forget_a_large_gradient()
    {
        Assert.True(LastStep(amsgrad: true) < 0.2f * LastStep(amsgrad: false), "The large gradient is forgotten.");

        static float LastStep(bool amsgrad)
        {
            var parameters = new float[] { 0 };
            var optimizer = Optimizer.Create(new AdamOptions { Beta1 = 0, Beta2 = 0.5f, Amsgrad = amsgrad }, Block(1));
            float before = 0;
            for (int step = 0; step < 20; step++)
            {
                before = parameters[0];
                optimizer.BeginStep(new StepContext(0.1f));
                optimizer.Move([step == 0 ? 10f : 1f], parameters, 0, 1);
            }
            return MathF.Abs(parameters[0] - before);
        }
    }

    [Fact]
    public void Adamw_shrinks_weights_by_the_learning_rate_times_the_decay()
    {
        // Without a gradient nothing else moves. A factor of the learning rate is a factor of the decay, too.
        ParameterBlock[] blocks = [new("a", 0, [1], Decays: true), new("b", 1, [1], Decays: true, 0.5f), new("c", 2, [1], Decays: false)];
        var parameters = new float[] { 1, 1, 1 };
        var optimizer = Optimizer.Create(new AdamWOptions { WeightDecay = 0.25f }, blocks);
        optimizer.BeginStep(new StepContext(0.5f));
        optimizer.Move([0f, 0f, 0f], parameters, 0, 3);
        Assert.Equal([1 - 0.125f, 1 - 0.0625f, 1f], parameters);
    }

    [Fact]
    public void The_first_step_of_rmsprop_is_ten_times_the_learning_rate()
    {
        // s = 0.01 g^2, so g / sqrt(s) is 10 times the sign of g.
        var parameters = new float[] { 1, 1 };
        var optimizer = Optimizer.Create(new RmsPropOptions(), Block(2));
        optimizer.BeginStep(new StepContext(0.01f));
        optimizer.Move([0.5f, -20f], parameters, 0, 2);
        Assert.Equal(0.9f, parameters[0], 1e-5f);
        Assert.Equal(1.1f, parameters[1], 1e-5f);
    }

    [Fact]
    public void Adams_first_step_has_the_length_of_the_learning_rate()
    {
        // m = 0.1 g, v = 0.001 g^2; corrected for the start, m / sqrt(v) is the sign of g.
        var parameters = new float[] { 1, 1 };
        var optimizer = Optimizer.Create(new AdamOptions { LearningRate = 0.01f }, Block(2));
        optimizer.BeginStep(new StepContext(0.01f));
        optimizer.Move([0.5f, -20f], parameters, 0, 2);
        Assert.Equal(0.99f, parameters[0], 1e-5f);
        Assert.Equal(1.01f, parameters[1], 1e-5f);
    }

    [Fact]
    public void The_learning_rate_of_a_step_takes_the_place_of_the_optimizers()
    {
        var network = new Network(new Topology([1, 1], Activation.Identity, Activation.Identity));
        var optimizer = Optimizer.Create(new SgdOptions { LearningRate = 1 }, network.Topology);
        optimizer.Step(network, [1, 1], learningRate: 0.25f);
        Assert.Equal([-0.25f, -0.25f], network.Parameters.ToArray());
        Assert.Throws<ArgumentException>(() => optimizer.Step(network, [1]));
    }

    /// <summary>The parameters after five steps, the first half with weight decay and the second without.</summary>
    private static float[] Steps(string kind, int length, KernelWidth width, int? cut = null)
    {
        int half = length / 2;
        ParameterBlock[] blocks = [new("weights", 0, [half], Decays: true), new("biases", half, [length - half], Decays: false, 0.5f)];
        var optimizer = Optimizer.Create(OptimizerOptions.All.Parse(kind).Kind with { WeightDecay = 0.01f }, blocks);
        optimizer.Width = width;
        var parameters = Values(length, 1);
        for (int step = 0; step < 5; step++)
        {
            optimizer.BeginStep(new StepContext(0.1f));
            var gradient = Values(length, 2 + step);
            optimizer.Move(gradient, parameters, 0, cut ?? length);
            optimizer.Move(gradient, parameters, cut ?? length, length);
        }
        return [.. parameters, .. optimizer.State.SelectMany(state => state.Values)];
    }

    private static ParameterBlock[] Block(int length) => [new("weights", 0, [length], Decays: true)];

    private static float[] Values(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5) * 4)];
    }

    private static int[] Bits(float[] values) => [.. values.Select(BitConverter.SingleToInt32Bits)];
}
