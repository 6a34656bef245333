using Nabla.Reference;

namespace Nabla.Tests;

/// <summary>Each loss and its delta beside the reference, which computes them in double precision from the definition.</summary>
public class OutputLossTests
{
    private const int Outputs = 5, Examples = 9;

    public static TheoryData<int, string, bool, bool> Pairs()
    {
        var all = new TheoryData<int, string, bool, bool>();
        foreach (var (loss, output) in DrawnTargets.Pairs())
            foreach (bool asValues in (bool[])[false, true])
                foreach (bool weighted in (bool[])[false, true])
                    all.Add(loss, output, asValues, weighted);
        return all;
    }

    [Theory, MemberData(nameof(Pairs))]
    public void Losses_and_delta_are_those_of_the_reference(int number, string output, bool asValues, bool weighted)
    {
        var loss = DrawnTargets.Losses().ElementAt(number);
        var random = new Random(1);
        var targets = DrawnTargets.Draw(loss, asValues, Examples, Outputs, random, weighted);
        float[] z = [.. Enumerable.Range(0, Examples * Outputs).Select(_ => 6 * random.NextSingle() - 3)];
        var (losses, delta) = Compute(loss, output, z, targets.Batch, Outputs, scale: 0.25f);

        var cost = ReferenceCost.Create(loss.Name, output, loss.ParameterValues);
        double[] zs = [.. z.Select(value => (double)value)], ys = targets.Ys, a = new double[Outputs], expected = new double[Outputs];
        for (int example = 0; example < Examples; example++)
        {
            var row = zs.AsSpan(example * Outputs, Outputs);
            var y = ys.AsSpan(example * Outputs, Outputs);
            cost.Output(row, a);
            cost.Delta(row, a, y, expected);
            double exact = targets.Weight(example) * cost.Value(row, a, y);
            Assert.Equal(exact, losses[example], 1e-5 * Math.Abs(exact) + 1e-6);
            for (int i = 0; i < Outputs; i++)
            {
                double slope = 0.25 * targets.Weight(example) * expected[i];
                Assert.Equal(slope, delta[example * Outputs + i], 1e-5 * Math.Abs(slope) + 1e-6);
            }
        }
    }

    // One example: z, targets, loss and delta, by hand.
    public static TheoryData<Loss, string, double[], double[], double, double[]> ByHand()
    {
        double ln2 = Math.Log(2), ln3 = Math.Log(3), ln5 = Math.Log(5);
        return new()
        {
            { Loss.Quadratic, "identity", [1, -2, 3], [0.5, -2, 5], 0.125 + 2, [0.5, 0, -2] },
            { Loss.Absolute, "identity", [1, -2, 3], [0.5, -2, 5], 0.5 + 2, [1, 0, -1] },
            { Loss.Absolute, "sigmoid", [0, ln3], [1, 0], 0.5 + 0.75, [-0.25, 0.1875] },
            { Loss.Huber, "identity", [0.5, 3, -1], [0, 0, 0], 0.125 + 2.5 + 0.5, [0.5, 1, -1] },
            { new HuberLoss { Delta = 2 }, "identity", [1, -5], [0, 0], 0.5 + 2 * (5 - 1), [1, -2] },
            { Loss.Quantile, "identity", [1, 3, 2], [2, 2, 2], 0.5 + 0.5, [-0.5, 0.5, 0] },
            { new QuantileLoss { Q = 0.75f }, "identity", [1, 3], [2, 2], 0.75 + 0.25, [-0.75, 0.25] },
            { Loss.Poisson, "exponential", [0, ln2], [3, 0], 1 + 2, [-2, 2] },
            { Loss.Poisson, "exponential", [ln2], [2.5], 2 - 2.5 * ln2, [-0.5] },
            { Loss.BinaryCrossEntropy, "sigmoid", [0, ln3], [1, 0.25], ln2 + 2 * ln2 - 0.25 * ln3, [-0.5, 0.5] },
        };
    }

    [Theory, MemberData(nameof(ByHand))]
    public void Worked_examples(Loss loss, string output, double[] z, double[] y, double expected, double[] slopes)
    {
        var targets = TargetBatch.FromValues([.. y.Select(value => (float)value)], y.Length);
        var (losses, delta) = Compute(loss, output, [.. z.Select(value => (float)value)], targets, z.Length);
        Assert.Equal(expected, losses[0], 1e-6);
        Assert.All(slopes.Zip(delta), pair => Assert.Equal(pair.First, pair.Second, 2e-7));
    }

    [Fact]
    public void Smoothed_labels_by_hand()
    {
        float ln2 = MathF.Log(2), ln3 = MathF.Log(3), ln5 = MathF.Log(5);
        // Softmax gives 1/8, 2/8, 5/8. Class 1 of 3 with s = 0.3: targets are 0.1, 0.8, 0.1.
        var (losses, delta) = Compute(
            new CrossEntropyLoss { LabelSmoothing = 0.3f }, "softmax", [0, ln2, ln5], TargetBatch.FromLabels([1]), 3);
        Assert.Equal(Math.Log(8) - 0.8 * Math.Log(2) - 0.1 * Math.Log(5), losses[0], 1e-6);
        Assert.All(((float[])[0.025f, -0.55f, 0.525f]).Zip(delta), pair => Assert.Equal(pair.First, pair.Second, 2e-7));
        // Sigmoids give 1/2, 3/4. Class 0 with s = 0.2: targets are 0.9 and 0.1.
        (losses, delta) = Compute(
            new CrossEntropyLoss { LabelSmoothing = 0.2f }, "sigmoid", [0, ln3], TargetBatch.FromLabels([0]), 2);
        Assert.Equal(Math.Log(2) + Math.Log(4) - 0.1 * Math.Log(3), losses[0], 1e-6);
        Assert.All(((float[])[-0.4f, 0.65f]).Zip(delta), pair => Assert.Equal(pair.First, pair.Second, 2e-7));
    }

    [Fact]
    public void Binary_cross_entropy_of_zeros_and_ones_is_cross_entropy_of_sigmoids()
    {
        float[] z = [-40, 3, 0.5f, 7, -2, 100];
        var (classes, byClass) = Compute(Loss.CrossEntropy, "sigmoid", z, TargetBatch.FromLabels([1, 0]), 3);
        var (values, byValue) = Compute(Loss.BinaryCrossEntropy, "sigmoid", z, TargetBatch.FromValues([0, 1, 0, 1, 0, 0], 3), 3);
        Assert.Equal(classes, values);
        Assert.Equal(byClass, byValue);
    }

    [Fact]
    public void Saturated_outputs_have_exact_losses()
    {
        float[] z = [1000, -1000, 1000, -1000];
        var (losses, delta) = Compute(Loss.BinaryCrossEntropy, "sigmoid", z, TargetBatch.FromValues([0, 1, 1, 0], 1), 1);
        Assert.Equal([1000, 1000, 0, 0], losses);
        Assert.Equal([1f, -1f, 0f, 0f], delta);

        var smooth = new CrossEntropyLoss { LabelSmoothing = 0.5f };
        (losses, delta) = Compute(smooth, "softmax", [1000, 0], TargetBatch.FromLabels([1]), 2);
        Assert.Equal(1000 - 250, losses[0]);
        Assert.Equal([0.75f, -0.75f], delta);
    }

    [Fact]
    public void Poisson_is_exact_where_the_output_is_0_and_infinite_where_it_overflows()
    {
        var (losses, delta) = Compute(Loss.Poisson, "exponential", [-200, 100], TargetBatch.FromValues([2, 1], 1), 1);
        Assert.Equal([400, double.PositiveInfinity], losses);
        Assert.Equal([-2f, float.PositiveInfinity], delta);
    }

    public static TheoryData<string> Names => [.. Loss.All.Names];

    // Training ends when a loss or a parameter is not a number: no loss may hide one.
    [Theory, MemberData(nameof(Names))]
    public void NaN_stays_NaN(string name)
    {
        var loss = Loss.All.Get(name);
        var targets = DrawnTargets.Draw(loss, asValues: true, 1, 2, new Random(3));
        var (losses, delta) = Compute(loss, loss.OutputActivations[0].Name, [float.NaN, 1], targets.Batch, 2);
        Assert.True(double.IsNaN(losses[0]));
        Assert.True(float.IsNaN(delta[0]));
    }

    [Fact]
    public void The_quadratic_loss_is_of_values_without_bounds_and_of_classes_between_0_and_1()
    {
        Assert.Equal(Activation.Identity, Loss.Quadratic.DefaultOutput(classes: false));
        Assert.Equal(Activation.Sigmoid, Loss.Quadratic.DefaultOutput(classes: true));
    }

    /// <summary>Losses and delta; the losses alone must be the same bits.</summary>
    private static (double[] Losses, float[] Delta) Compute(
        Loss loss, string output, float[] z, in TargetBatch targets, int outputs, float scale = 1)
    {
        var unit = loss.With(Activation.All.Get(output));
        var delta = (float[])z.Clone();
        double[] losses = new double[targets.Count], alone = new double[targets.Count];
        unit.LossesAndDelta(targets, outputs, scale, delta, new float[OutputLoss.SparePerOutput * z.Length], losses);
        unit.Losses(z, targets, outputs, new float[OutputLoss.SparePerOutput * z.Length], alone);
        Assert.Equal(alone, losses);
        return (losses, delta);
    }
}
