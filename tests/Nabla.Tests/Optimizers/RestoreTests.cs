namespace Nabla.Tests;

/// <summary>An optimizer that continues from a saved state makes the steps that it would have made.</summary>
public class RestoreTests
{
    public static TheoryData<string, bool> Kinds()
    {
        var data = new TheoryData<string, bool>();
        foreach (string kind in KindTexts.Variants(OptimizerOptions.All))
        {
            data.Add(kind, false);
            data.Add(kind, true);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_restored_optimizer_continues_with_the_same_bits(string kind, bool hasFactors)
    {
        var options = OptimizerOptions.All.Parse(kind).Kind;
        float? rate = hasFactors ? 2 : null;
        var network = Network();
        var optimizer = Optimizer.Create(options, network, rate);
        Step(optimizer, network, first: 0, count: 5);

        var copy = Network();
        network.Parameters.CopyTo(copy.EditParameters());
        var restored = Optimizer.Create(options, copy, rate);
        foreach (var ((name, saved), (restoredName, values)) in optimizer.State.Zip(restored.State))
        {
            Assert.Equal(name, restoredName);
            saved.CopyTo(values, 0);
        }
        Assert.True(restored.IsConsistentWith(copy));
        restored.Restore(5);
        Step(optimizer, network, first: 5, count: 4);
        Step(restored, copy, first: 5, count: 4);
        Assert.Equal(network.Parameters.ToArray(), copy.Parameters.ToArray());
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("adamw")]
    public void So_many_steps_that_they_cannot_be_counted_are_those_after_which_nothing_changes(string kind)
    {
        // 0.999^100,000 is 4e-44: the correction for the first steps has long been 1.
        Network many = Network(), most = Network();
        foreach (var (network, steps) in new[] { (many, 100_000L), (most, long.MaxValue) })
        {
            var optimizer = Optimizer.Create(OptimizerOptions.All.Get(kind), network, null);
            optimizer.Restore(steps);
            Step(optimizer, network, first: 0, count: 3);
        }
        Assert.Equal(many.Parameters.ToArray(), most.Parameters.ToArray());
    }

    [Fact]
    public void Learnable_factors_belong_to_one_network()
    {
        var network = Network();
        var optimizer = Optimizer.Create(new SgdOptions(), network, inputFactorRate: 2);
        Assert.True(optimizer.IsConsistentWith(network));
        network.EditParameters()[1] += 1;
        Assert.False(optimizer.IsConsistentWith(network));
        Assert.True(Optimizer.Create(new SgdOptions(), network, inputFactorRate: null).IsConsistentWith(network));
    }

    private static Network Network() =>
        InitialValues.Draw(new Topology([3, 5, 2], Activation.Relu, Activation.Softmax), Initialization.He, 1);

    /// <summary>Steps with gradients that depend on the number of the step alone.</summary>
    private static void Step(Optimizer optimizer, Network network, int first, int count)
    {
        for (int step = first; step < first + count; step++)
        {
            var random = new System.Random(step);
            float[] gradient = [.. Enumerable.Range(0, network.Parameters.Length).Select(_ => random.NextSingle() - 0.3f)];
            optimizer.Step(network, gradient);
        }
    }
}
