namespace Nabla.Reference.Tests;

public class OptimizerTests
{
    [Fact]
    public void Sgd_divides_the_summed_gradient_by_the_number_of_examples()
    {
        double[] p = [1.0, 2.0];
        new ReferenceSgd(0.5).Update([8.0, -4.0], 4, p);
        Assert.Equal([1.0 - 0.5 * 2.0, 2.0 + 0.5 * 1.0], p);
    }

    [Fact]
    public void The_first_step_of_Adam_is_eta_times_the_sign_of_the_gradient()
    {
        // m = 0.1 g, v = 0.001 g^2; corrected, g and g^2: the step is eta g / (|g| + 1e-8).
        double[] p = [1.0, 1.0, 1.0];
        new ReferenceAdam(0.01).Update([400.0, -3.0, 0.0], 1, p);
        Near.Each([0.99, 1.01, 1.0], p, 1e-10);
    }

    [Fact]
    public void The_second_step_of_Adam_remembers_the_first()
    {
        // g = 1, then 3, as means of two examples: m = 0.9 * 0.1 + 0.1 * 3 = 0.39, v = 0.999 * 0.001 + 0.001 * 9 = 0.009999;
        // corrected by 1 - 0.9^2 = 0.19 and 1 - 0.999^2 = 0.001999.
        double[] p = [0.0];
        var adam = new ReferenceAdam(0.01);
        adam.Update([2.0], 2, p);
        adam.Update([6.0], 2, p);
        double second = 0.39 / 0.19 / (Math.Sqrt(0.009999 / 0.001999) + 1e-8);
        Near.Each([-0.01 * (1.0 / (1.0 + 1e-8) + second)], p, 1e-12);
    }

    [Fact]
    public void Epsilon_is_added_to_the_root()
    {
        double[] p = [0.0];
        new ReferenceAdam(0.01, epsilon: 1.0).Update([1.0], 1, p);
        Near.Each([-0.01 * 1.0 / (1.0 + 1.0)], p, 1e-14);
    }

    [Fact]
    public void Nesterovs_step_goes_along_the_gradient_and_the_new_velocity()
    {
        // g = 2: v = 2, then 0.5 * 2 + 2 = 3; the steps are 2 + 0.5 * 2 and 2 + 0.5 * 3, instead of 2 and 3.
        Assert.Equal([1.0 - 0.25 * 3.0, 1.0 - 0.25 * (3.0 + 3.5)], TwoSteps(1.0));
        Assert.Equal([1.0 - 0.25 * 2.0, 1.0 - 0.25 * (2.0 + 3.0)], TwoSteps(0.0));

        static double[] TwoSteps(double nesterov)
        {
            double[] p = [1.0];
            var momentum = ReferenceOptimizer.Create(
                "momentum", new Dictionary<string, double> { ["learning-rate"] = 0.25, ["momentum"] = 0.5, ["nesterov"] = nesterov });
            momentum.Update([4.0], 2, p);
            double first = p[0];
            momentum.Update([4.0], 2, p);
            return [first, p[0]];
        }
    }

    [Fact]
    public void Rmsprop_divides_by_the_root_of_the_mean_square_plus_epsilon()
    {
        // alpha = 0.75: s = 0.25 * 16 = 4, then 0.75 * 4 + 0.25 * 4 = 4; the steps are 4 / (2 + 0.5) and -2 / (2 + 0.5).
        double[] p = [0.0];
        var rmsprop = ReferenceOptimizer.Create(
            "rmsprop", new Dictionary<string, double> { ["learning-rate"] = 0.1, ["alpha"] = 0.75, ["epsilon"] = 0.5 });
        rmsprop.Update([8.0], 2, p);
        Near.Each([-0.1 * 4.0 / 2.5], p, 1e-15);
        rmsprop.Update([-2.0], 1, p);
        Near.Each([-0.1 * 4.0 / 2.5 + 0.1 * 2.0 / 2.5], p, 1e-15);
    }

    [Fact]
    public void Amsgrad_divides_by_the_largest_mean_square_so_far()
    {
        // beta1 = 0, beta2 = 0.5, g = 4, then 1: v = 8, then 4.5, and the largest is 8; corrected by 1 - 0.5^2.
        double[] p = [0.0];
        var adam = new ReferenceAdam(0.1, 0.0, 0.5, 1e-8, amsgrad: true);
        adam.Update([4.0], 1, p);
        adam.Update([1.0], 1, p);
        Near.Each([-0.1 - 0.1 / Math.Sqrt(8.0 / 0.75)], p, 1e-8);
    }

    [Fact]
    public void Adamw_shrinks_weights_apart_from_the_step()
    {
        // x = y = 0 and b = 0 leave only the weight decay; the factor of the learning rate counts for it too.
        var network = new ReferenceNetwork([1, 1], ReferenceActivation.Identity, new QuadraticCost(ReferenceActivation.Identity));
        network.Parameters.CopyFrom([2.0, 0.0]);
        var factors = new ReferenceParameters([1, 1]);
        factors.CopyFrom([0.5, 1.0]);
        var adamw = ReferenceOptimizer.Create("adamw", new Dictionary<string, double> { ["learning-rate"] = 0.5 });
        var trainer = new ReferenceTrainer(network, adamw, l2: 0.25, factors);
        trainer.UpdateMiniBatch([0.0], [0.0]);
        Assert.Equal([2.0 * (1.0 - 0.5 * 0.5 * 0.25), 0.0], network.Parameters.All.ToArray());
        trainer.UpdateMiniBatch([0.0], [0.0], learningRate: 1.0);
        Assert.Equal([2.0 * (1.0 - 0.5 * 0.5 * 0.25) * (1.0 - 0.5 * 0.25), 0.0], network.Parameters.All.ToArray());
        Assert.Throws<ArgumentException>(() => adamw.Update([1.0], 1, new double[1]));
    }

    [Fact]
    public void A_step_may_have_its_own_learning_rate()
    {
        // Each step at its own rate is what an optimizer of that rate does, and the next step has the optimizer's own again.
        double[] p = [1.0, 2.0], expected = [1.0, 2.0];
        var sgd = new ReferenceSgd(0.5);
        sgd.Update([8.0, -4.0], 4, p, learningRate: 0.25);
        new ReferenceSgd(0.25).Update([8.0, -4.0], 4, expected);
        Assert.Equal(expected, p);
        sgd.Update([8.0, -4.0], 4, p);
        new ReferenceSgd(0.5).Update([8.0, -4.0], 4, expected);
        Assert.Equal(expected, p);
        sgd.Update([8.0, -4.0], 4, p, learningRate: 0.0);
        Assert.Equal(expected, p);
    }

    [Fact]
    public void A_step_of_Adam_at_another_rate_remembers_the_same()
    {
        double[] p = [0.0], expected = [0.0];
        var adam = new ReferenceAdam(0.01);
        adam.Update([2.0], 2, p, learningRate: 0.05);
        adam.Update([6.0], 2, p);
        double second = 0.39 / 0.19 / (Math.Sqrt(0.009999 / 0.001999) + 1e-8); // as in the test above
        Near.Each([-0.05 / (1.0 + 1e-8) - 0.01 * second], p, 1e-12);
        var constant = new ReferenceAdam(0.01);
        constant.Update([2.0], 2, expected, learningRate: 0.01);
        constant.Update([6.0], 2, expected, learningRate: 0.01);
        p = [0.0];
        adam = new ReferenceAdam(0.01);
        adam.Update([2.0], 2, p);
        adam.Update([6.0], 2, p);
        Assert.Equal(expected, p);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_factor_scales_the_learning_rate_of_its_parameter(bool adam)
    {
        double[] nabla = [8.0, -4.0, 3.0], p = [1.0, 1.0, 1.0], half = [1.0, 1.0, 1.0], whole = [1.0, 1.0, 1.0];
        Create().Update(nabla, 4, p, factors: [1.0, 0.5, 0.0]);
        Create().Update(nabla, 4, half, learningRate: 0.25);
        Create().Update(nabla, 4, whole);
        Assert.Equal([whole[0], half[1], 1.0], p);
        Assert.NotEqual(whole[1], half[1]);

        ReferenceOptimizer Create() => adam ? new ReferenceAdam(0.5) : new ReferenceSgd(0.5);
    }

    [Fact]
    public void A_trainer_passes_on_the_learning_rate_and_the_factors()
    {
        // Layer 0 is frozen, and the other layer moves as in a step at half the rate.
        ReferenceNetwork network = Create(), other = Create();
        (double[] xs, double[] ys) = RandomNetworks.Batch(network, examples: 4, seed: 4);
        double[] before = network.Parameters.All.ToArray();
        var factors = new ReferenceParameters(network.Sizes);
        factors.Weights(1).Fill(0.5);
        factors.Biases(1).Fill(0.5);
        new ReferenceTrainer(network, new ReferenceSgd(7.0), learningRateFactors: factors).UpdateMiniBatch(xs, ys, learningRate: 0.5);
        new ReferenceTrainer(other, new ReferenceSgd(0.25)).UpdateMiniBatch(xs, ys);
        Assert.Equal(before[network.Parameters.WeightRange(0)], network.Parameters.Weights(0).ToArray());
        Assert.Equal(before[network.Parameters.BiasRange(0)], network.Parameters.Biases(0).ToArray());
        Assert.Equal(other.Parameters.Weights(1).ToArray(), network.Parameters.Weights(1).ToArray());
        Assert.Equal(other.Parameters.Biases(1).ToArray(), network.Parameters.Biases(1).ToArray());
        Assert.Throws<ArgumentException>(
            "learningRateFactors", () => new ReferenceTrainer(network, new ReferenceSgd(0.5), 0.0, new ReferenceParameters([6, 3])));

        static ReferenceNetwork Create() =>
            RandomNetworks.Make([6, 5, 3], ReferenceActivation.Tanh, new SoftmaxCrossEntropyCost(), seed: 3);
    }

    [Theory, InlineData(-0.1), InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void A_learning_rate_that_is_not_allowed_is_refused_before_anything_changes(double rate)
    {
        ReferenceNetwork network = RandomNetworks.Make([6, 5, 3], ReferenceActivation.Tanh, new SoftmaxCrossEntropyCost(), seed: 3);
        (double[] xs, double[] ys) = RandomNetworks.Batch(network, examples: 4, seed: 4);
        double[] before = network.Parameters.All.ToArray();
        Assert.Throws<ArgumentException>(
            "learningRate", () => new ReferenceTrainer(network, new ReferenceAdam()).UpdateMiniBatch(xs, ys, learningRate: rate));
        Assert.Equal(before, network.Parameters.All.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>("learningRate", () => new ReferenceSgd(rate));
    }

    [Fact]
    public void A_step_whose_lengths_differ_is_refused()
    {
        Assert.Throws<ArgumentException>("nabla", () => new ReferenceSgd(0.5).Update([1.0], 1, new double[2]));
        Assert.Throws<ArgumentException>("factors", () => new ReferenceSgd(0.5).Update([1.0], 1, new double[1], factors: [1.0, 1.0]));
        Assert.Throws<ArgumentOutOfRangeException>("n", () => new ReferenceSgd(0.5).Update([1.0], 0, new double[1]));
    }

    [Fact]
    public void Adam_serves_one_network()
    {
        var adam = new ReferenceAdam();
        adam.Update([1.0], 1, [0.0]);
        Assert.Throws<ArgumentException>(() => adam.Update([1.0, 2.0], 1, new double[2]));
    }

    [Fact]
    public void Weight_decay_moves_weights_and_not_biases()
    {
        // x = y = 0 and b = 0 leave only the weight decay: w = 2 - eta * l2 * 2, whatever the batch.
        var network = new ReferenceNetwork([1, 1], ReferenceActivation.Identity, new QuadraticCost(ReferenceActivation.Identity));
        network.Parameters.CopyFrom([2.0, 0.0]);
        double cost = new ReferenceTrainer(network, new ReferenceSgd(0.5), l2: 0.25).UpdateMiniBatch([0.0, 0.0], [0.0, 0.0]);
        Assert.Equal([2.0 - 0.5 * 0.25 * 2.0, 0.0], network.Parameters.All.ToArray());
        Assert.Equal(0.0, cost);
        Assert.Equal(0.5 * 0.25 * 1.75 * 1.75, MiniBatch.Cost(network, [0.0], [0.0], 0.25));

        network.Parameters.CopyFrom([0.0, 2.0]);
        new ReferenceTrainer(network, new ReferenceSgd(0.5), l2: 0.25).UpdateMiniBatch([0.0], [2.0]);
        Assert.Equal([0.0, 2.0], network.Parameters.All.ToArray());
    }

    [Fact]
    public void A_gradient_longer_than_the_limit_is_shortened_to_it_before_weight_decay_is_added()
    {
        // With w = 3, b = 0, x = 1 and y = 0, the mean gradient is (3, 3), whose norm is sqrt(18) = 4.24.
        double[] Step(double clipNorm, double l2, double clipValue = double.PositiveInfinity)
        {
            var network = new ReferenceNetwork([1, 1], ReferenceActivation.Identity, new QuadraticCost(ReferenceActivation.Identity));
            network.Parameters.CopyFrom([3.0, 0.0]);
            var trainer = new ReferenceTrainer(network, new ReferenceSgd(1.0), l2, clipNorm: clipNorm, clipValue: clipValue);
            trainer.UpdateMiniBatch([1.0, 1.0], [0.0, 0.0]);
            return network.Parameters.All.ToArray();
        }
        double half = Math.Sqrt(0.5);
        Near.Each([3.0 - half, -half], Step(clipNorm: 1.0, l2: 0.0), 1e-14);
        Near.Each([3.0 - half - 0.25 * 3.0, -half], Step(clipNorm: 1.0, l2: 0.25), 1e-14);
        Assert.Equal([0.0, -3.0], Step(clipNorm: 4.25, l2: 0.0));
        Assert.Equal([0.0, -3.0], Step(clipNorm: double.PositiveInfinity, l2: 0.0));
        foreach (double wrong in (double[])[0.0, -1.0, double.NaN])
        {
            Assert.Throws<ArgumentOutOfRangeException>("clipNorm", () => Step(wrong, 0.0));
            Assert.Throws<ArgumentOutOfRangeException>("clipValue", () => Step(1.0, 0.0, wrong));
        }
        // Values first, whatever the norm; then the norm of what they have become.
        Assert.Equal([1.0, -2.0], Step(clipNorm: double.PositiveInfinity, l2: 0.0, clipValue: 2.0));
        Near.Each([3.0 - half, -half], Step(clipNorm: 1.0, l2: 0.0, clipValue: 2.0), 1e-14);
    }

    [Fact]
    public void A_step_returns_the_sum_of_the_costs_before_it()
    {
        ReferenceNetwork network = RandomNetworks.Make([6, 5, 3], ReferenceActivation.Tanh, new SoftmaxCrossEntropyCost(), seed: 3);
        (double[] xs, double[] ys) = RandomNetworks.Batch(network, examples: 4, seed: 4);
        double before = MiniBatch.Cost(network, xs, ys);
        Assert.Equal(4 * before, new ReferenceTrainer(network, new ReferenceAdam(), l2: 0.5).UpdateMiniBatch(xs, ys), 1e-13);
        Assert.NotEqual(before, MiniBatch.Cost(network, xs, ys));
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        ReferenceNetwork network = RandomNetworks.Make([6, 5, 3], ReferenceActivation.Tanh, new SoftmaxCrossEntropyCost(), seed: 3);
        (double[] xs, double[] ys) = RandomNetworks.Batch(network, examples: 4, seed: 4);
        var trainer = new ReferenceTrainer(network, new ReferenceAdam(), l2: 0.5);
        trainer.UpdateMiniBatch(xs, ys);
        long before = GC.GetAllocatedBytesForCurrentThread();
        trainer.UpdateMiniBatch(xs, ys);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
