using Nabla.Kernels;

namespace Nabla.Tests;

/// <summary>The bits of every loss and of its delta. Runs at each instruction-set level too.</summary>
public class LossBitsTests
{
    // Of losses and deltas with the first output activation: classes where the loss takes them, values where it takes them.
    private static readonly PinnedDigests Digests = new("LossBitsTests.txt");

    public static TheoryData<string> Names => [.. DrawnTargets.Losses().Select(loss => loss.ToString()).Distinct()];

    [Theory, MemberData(nameof(Names))]
    public void Losses_and_delta_keep_their_bits(string name)
    {
        var loss = DrawnTargets.Losses().First(kind => kind.ToString() == name);
        var unit = loss.With(loss.OutputActivations[0]);
        var bits = new List<long>();
        foreach (bool asValues in (bool[])[false, true])
        {
            foreach (int outputs in (int[])[1, 3, 10, 37])
            {
                int examples = 3000 / outputs;
                var targets = DrawnTargets.Draw(loss, asValues, examples, outputs, new Random(outputs), weighted: outputs == 3);
                float[] delta = Widths.Scores(examples * outputs);
                var losses = new double[examples];
                unit.LossesAndDelta(targets.Batch, outputs, 0.125f, delta, new float[2 * delta.Length], losses);
                bits.AddRange(losses.Select(BitConverter.DoubleToInt64Bits));
                bits.AddRange(delta.Select(value => (long)Widths.CanonicalBits(value)));
            }
        }
        Digests.Check(name, Widths.Hash(bits.ToArray()));
    }

    [Theory]
    [InlineData("identity", false)]
    [InlineData("sigmoid", false)]
    [InlineData("sigmoid", true)]
    public void Quadratic_loss_is_one_chain_of_float_operations(string output, bool weighted)
    {
        const int Outputs = 7, Examples = 50;
        const float Scale = 1f / 60;
        var targets = DrawnTargets.Draw(Loss.Quadratic, asValues: true, Examples, Outputs, new Random(5), weighted);
        float[] z = Widths.Scores(Examples * Outputs), a = (float[])z.Clone(), delta = (float[])z.Clone();
        if (output == "sigmoid")
            Elementwise.Apply<Kernels.Sigmoid>(z, a);
        var losses = new double[Examples];
        Loss.Quadratic.With(Activation.All.Get(output))
            .LossesAndDelta(targets.Batch, Outputs, Scale, delta, new float[2 * z.Length], losses);
        for (int example = 0; example < Examples; example++)
        {
            double sum = 0;
            float scale = weighted ? Scale * targets.Weights[example] : Scale;
            for (int i = example * Outputs; i < (example + 1) * Outputs; i++)
            {
                double difference = (double)a[i] - targets.Values[i];
                sum += difference * difference;
                float slope = (a[i] - targets.Values[i]) * scale;
                Assert.Equal(output == "sigmoid" ? slope * (a[i] * (1f - a[i])) : slope, delta[i]);
            }
            Assert.Equal(sum / 2 * targets.Weight(example), losses[example]);
        }
    }

    [Theory]
    [InlineData("softmax")]
    [InlineData("sigmoid")]
    public void Cross_entropy_without_smoothing_subtracts_one_from_the_label(string output)
    {
        const int Outputs = 7, Examples = 50;
        const float Scale = 1f / 60;
        var labels = DrawnTargets.Draw(Loss.CrossEntropy, asValues: false, Examples, Outputs, new Random(5)).Labels;
        float[] z = Widths.Scores(Examples * Outputs), a = (float[])z.Clone(), delta = (float[])z.Clone();
        double[] sums = new double[Examples], losses = new double[Examples];
        if (output == "sigmoid")
            Elementwise.Apply<Kernels.Sigmoid>(z, a);
        else
            Kernels.Softmax.Apply(z, Outputs, sums, a);
        Loss.CrossEntropy.With(Activation.All.Get(output))
            .LossesAndDelta(TargetBatch.FromLabels(labels), Outputs, Scale, delta, new float[2 * z.Length], losses);
        for (int i = 0; i < z.Length; i++)
            Assert.Equal((labels[i / Outputs] == i % Outputs ? a[i] - 1f : a[i]) * Scale, delta[i]);
        for (int example = 0; example < Examples && output == "softmax"; example++)
            Assert.Equal(sums[example] - z[example * Outputs + labels[example]], losses[example]);
    }
}
