using Nabla.Reference;

namespace Nabla.Tests;

/// <summary>The gradient for values, and for examples that count differently, beside the reference.</summary>
public class TargetBatchTests
{
    private static readonly int[] Sizes = [5, 8, 3];

    public static TheoryData<int, string, bool, bool> Pairs() => OutputLossTests.Pairs();

    [Theory, MemberData(nameof(Pairs))]
    public void Every_loss_has_the_reference_gradient(int number, string output, bool asValues, bool weighted)
    {
        var loss = DrawnTargets.Losses().ElementAt(number);
        var random = new Random(4);
        var targets = DrawnTargets.Draw(loss, asValues, 7, 3, random, weighted);
        Check(Activation.All.Get(output), loss, Draw(random, 35), targets.Batch, targets.Ys);
    }

    [Fact]
    public void Weights_of_one_change_no_bit()
    {
        float[] inputs = Draw(new Random(1), 35), plain = new float[75], weighted = new float[75];
        int[] labels = [0, 1, 2, 2, 1, 0, 1];
        var network = InitialValues.Draw(new Topology(Sizes, Activation.Tanh, Activation.Softmax), Initialization.Xavier, 1);
        var backpropagation = new Backpropagation(network, Loss.CrossEntropy, 7);
        Assert.Equal(
            backpropagation.Gradient(inputs, TargetBatch.FromLabels(labels), plain),
            backpropagation.Gradient(inputs, TargetBatch.FromLabels(labels, [1, 1, 1, 1, 1, 1, 1]), weighted));
        Assert.Equal(plain, weighted);
    }

    [Fact]
    public void A_data_sets_weights_reach_the_training_run()
    {
        var data = RandomData.Blobs(120);
        var options = new TrainingOptions { Hidden = [6], Epochs = 2, BatchSize = 16 };
        string plain = Classifier.Train(data, options).Fingerprint;
        Assert.Equal(plain, Classifier.Train(Weighted(_ => 1), options).Fingerprint);
        Assert.NotEqual(plain, Classifier.Train(Weighted(i => i % 3), options).Fingerprint);
        var model = Classifier.Train(data, options);
        Assert.Equal(2 * model.Evaluate(data).Loss, model.Evaluate(Weighted(_ => 2)).Loss, 1e-12);

        Dataset Weighted(Func<int, int> weight) =>
            new("weighted", data.Inputs, data.Targets, [.. Enumerable.Range(0, data.Count).Select(i => (float)weight(i))]);
    }

    private static void Check(Activation output, Loss loss, float[] inputs, in TargetBatch targets, double[] ys)
    {
        var network = InitialValues.Draw(new Topology(Sizes, Activation.Tanh, output), Initialization.Xavier, 1);
        var cost = ReferenceCost.Create(loss.Name, output.Name, loss.ParameterValues);
        var reference = new ReferenceNetwork(Sizes, ReferenceActivation.Tanh, cost);
        reference.Parameters.CopyFrom([.. network.Topology.ByNeuron(network.Parameters).Select(value => (double)value)]);
        var expected = new double[reference.Parameters.Count];
        double expectedLoss = 0;
        for (int i = 0; i < targets.Count; i++)
        {
            double weight = targets.Weights.IsEmpty ? 1 : targets.Weights[i];
            var nabla = new ReferenceParameters(Sizes);
            double[] x = [.. inputs.AsSpan(5 * i, 5).ToArray().Select(value => (double)value)];
            expectedLoss += weight * reference.Backpropagate(x, ys.AsSpan(3 * i, 3), nabla);
            for (int p = 0; p < expected.Length; p++)
                expected[p] += weight * nabla.All[p] / targets.Count;
        }
        var gradient = new float[expected.Length];
        double actual = new Backpropagation(network, loss, targets.Count).Gradient(inputs, targets, gradient);
        Assert.Equal(expectedLoss, actual, 1e-5 * expectedLoss);
        Assert.InRange(Relative.Distance(expected, network.Topology.ByNeuron(gradient)), 0, 1e-5);
    }

    private static float[] Draw(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)(2 * random.NextDouble() - 1))];
}
