using Nabla.Kernels;
using Nabla.Reference;

namespace Nabla.Tests;

/// <summary>Backpropagation through an activation whose derivative needs z as well as a.</summary>
public class ActivationOfInputTests
{
    // The last two have more weights than each thread would pack for itself: in the first layer, and above it.
    public static TheoryData<int[], double> Networks => new()
    {
        { [20, 12, 9, 3], 1 }, { [150, 12, 9, 3], 0.1 },
        { [1100, 130, 3], 1 }, { [1100, 130, 3], 0.1 },
        { [150, 380, 360, 3], 1 }, { [150, 380, 360, 3], 0.1 },
    };

    [Theory, MemberData(nameof(Networks))]
    public void In_hidden_layers_it_has_the_right_gradient(int[] sizes, double density) =>
        Check(new Case(sizes, Activation.Silu, Activation.Softmax, Loss.CrossEntropy, new SoftmaxCrossEntropyCost()), density);

    [Theory, MemberData(nameof(Networks))]
    public void At_the_output_it_has_the_right_gradient(int[] sizes, double density) =>
        Check(new Case(sizes, Activation.Tanh, Activation.Silu, Loss.Quadratic, new QuadraticCost(InDouble(Activation.Silu))), density);

    [Theory, MemberData(nameof(Networks))]
    public void In_all_layers_it_has_the_right_gradient(int[] sizes, double density) =>
        Check(new Case(sizes, Activation.Silu, Activation.Silu, Loss.Quadratic, new QuadraticCost(InDouble(Activation.Silu))), density);

    [Theory, MemberData(nameof(Networks))]
    public void Steps_from_bytes_have_the_same_bits_with_any_number_of_threads(int[] sizes, double density)
    {
        var topology = new Topology(sizes, Activation.Silu, Activation.Silu);
        byte[] bytes = [.. Inputs(sizes[0], density).Select(x => (byte)Math.Min(255, 100 * Math.Abs(x)))];
        var table = FeatureTable.FromBytes(bytes, Examples, sizes[0]);
        float[] scaled = new float[bytes.Length];
        var preprocessing = new Preprocessing(Scaling.Unit, [0f], [1f / 255f]);
        preprocessing.Apply(table, [.. Enumerable.Range(0, Examples)], scaled);

        var moved = InitialValues.Draw(topology, Initialization.Scaled, 3);
        var (expected, gradient) = (new List<string>(), new float[topology.ParameterCount]);
        var moving = Optimizer.Create(new SgdOptions { LearningRate = 0.1f }, topology);
        for (int step = 0; step < 3; step++)
        {
            new Backpropagation(moved, Loss.Quadratic, Examples, threads: 1).Gradient(scaled, TargetBatch.FromLabels(Labels), gradient);
            moving.Step(moved, gradient);
            expected.Add(moved.Fingerprint);
        }
        foreach (int threads in (int[])[1, 2, 3])
        {
            var network = InitialValues.Draw(topology, Initialization.Scaled, 3);
            var optimizer = Optimizer.Create(new SgdOptions { LearningRate = 0.1f }, topology);
            var backpropagation = new Backpropagation(network, Loss.Quadratic, Examples, threads);
            var batch = new BatchInputs(preprocessing, Examples);
            batch.SetBatch(table, 0, Examples);
            for (int step = 0; step < 3; step++)
            {
                optimizer.BeginStep(new StepContext(0.1f));
                backpropagation.Step(batch, TargetBatch.FromLabels(Labels), gradient, GradientUse.ApplyAtOnce(optimizer, network));
                Assert.Equal(expected[step], network.Fingerprint);
            }
        }
    }

    [Theory, MemberData(nameof(Networks))]
    public void Predictions_are_those_of_the_reference(int[] sizes, double density)
    {
        var example = new Case(sizes, Activation.Silu, Activation.Silu, Loss.Quadratic, new QuadraticCost(InDouble(Activation.Silu)));
        float[] inputs = Inputs(sizes[0], density), outputs = new float[Examples * Outputs], single = new float[Outputs];
        var predictor = new Predictor(example.Network, threads: 2);
        for (int call = 0; call < 2; call++)
        {
            predictor.Predict(inputs, outputs);
            for (int i = 0; i < Examples; i++)
            {
                var row = inputs.AsSpan(i * sizes[0], sizes[0]);
                predictor.Predict(row, single);
                Assert.Equal(single, outputs.AsSpan(i * Outputs, Outputs));
                double[] expected = [.. example.Reference.Feedforward(Widen(row))];
                Assert.InRange(Relative.Distance(expected, single), 0, 1e-5);
            }
        }
    }

    private const int Examples = 21;
    private const int Outputs = 3;

    private static int[] Labels => [.. Enumerable.Range(0, Examples).Select(i => i * 7 % Outputs)];

    /// <summary>The gradient beside the reference's, and beside central differences of the loss that the engine itself returns.</summary>
    private static void Check(Case tested, double density)
    {
        var network = tested.Network;
        float[] inputs = Inputs(network.Topology.Inputs(0), density), first = new float[network.Topology.ParameterCount];
        double firstLoss = new Backpropagation(network, tested.Loss, Examples, threads: 1)
            .Gradient(inputs, TargetBatch.FromLabels(Labels), first);
        Assert.InRange(Relative.Distance(tested.ReferenceGradient(inputs, Labels), network.Topology.ByNeuron(first)), 0, 1e-5);
        foreach (int threads in (int[])[1, 2, 3])
        {
            var backpropagation = new Backpropagation(network, tested.Loss, Examples, threads);
            // From the second batch on, zeros are skipped if there are many.
            for (int batch = 0; batch < 3; batch++)
            {
                var gradient = new float[first.Length];
                Assert.Equal(firstLoss, backpropagation.Gradient(inputs, TargetBatch.FromLabels(Labels), gradient));
                Assert.Equal(first, gradient);
            }
            CheckDifferences(tested, backpropagation, inputs, first);
        }
    }

    // Of each block, along its gradient and along its two largest slopes. Outputs are floats, so a loss is known to 1e-6 at best.
    private static void CheckDifferences(Case tested, Backpropagation backpropagation, float[] inputs, float[] gradient)
    {
        foreach (var block in tested.Network.Topology.Blocks)
        {
            float[] slopes = gradient[block.Start..block.End];
            double norm = Math.Sqrt(slopes.Sum(slope => (double)slope * slope));
            Compare(norm, [.. slopes.Select(slope => slope / norm)]);
            foreach (int i in Enumerable.Range(0, slopes.Length).OrderByDescending(i => Math.Abs(slopes[i])).Take(2))
            {
                var axis = new double[slopes.Length];
                axis[i] = 1;
                Compare(slopes[i], axis);
            }

            void Compare(double slope, double[] direction)
            {
                // Differences over two steps, so combined that the error shrinks with the fourth power of the step.
                double difference = (4 * Difference(direction, 1.0 / 64) - Difference(direction, 1.0 / 32)) / 3;
                Assert.True(Math.Abs(difference - slope) <= 2e-3 * norm + 2e-5, $"{block}: {difference}, not {slope}");
            }

            double Difference(double[] direction, double step) => (MeanLoss(direction, step) - MeanLoss(direction, -step)) / (2 * step);

            double MeanLoss(double[] direction, double step)
            {
                var parameters = tested.Network.BeginUpdate()[block.Start..block.End];
                float[] saved = parameters.ToArray();
                for (int i = 0; i < direction.Length; i++)
                    parameters[i] = (float)(saved[i] + step * direction[i]);
                double sum = backpropagation.Gradient(inputs, TargetBatch.FromLabels(Labels), new float[gradient.Length]);
                saved.CopyTo(tested.Network.BeginUpdate()[block.Start..block.End]);
                return sum / Examples;
            }
        }
    }

    private static float[] Inputs(int width, double density)
    {
        var stream = new RandomStream(5, RandomPurpose.GradientCheck);
        var inputs = new float[Examples * width];
        foreach (ref float input in inputs.AsSpan())
            input = stream.NextUInt32(1000) < 1000 * density ? (float)stream.NextNormal() : 0f;
        return inputs;
    }

    private static double[] Widen(ReadOnlySpan<float> values) => [.. values.ToArray().Select(value => (double)value)];

    private static ReferenceActivation InDouble(Activation activation) => ReferenceActivation.Create(activation.Name);

    /// <summary>A network, and the same in double precision.</summary>
    private sealed class Case
    {
        public Case(int[] sizes, Activation hidden, Activation output, Loss loss, ReferenceCost cost)
        {
            Loss = loss;
            Network = InitialValues.Draw(new Topology(sizes, hidden, output), Initialization.Scaled, 3);
            Reference = new ReferenceNetwork(sizes, InDouble(hidden), cost);
            Reference.Parameters.CopyFrom(Widen(Network.Topology.ByNeuron(Network.Parameters)));
        }

        public Loss Loss { get; }

        public Network Network { get; }

        public ReferenceNetwork Reference { get; }

        public double[] ReferenceGradient(float[] inputs, int[] labels)
        {
            int width = Network.Topology.Inputs(0);
            var nabla = new ReferenceParameters(Network.Topology.Sizes);
            for (int i = 0; i < labels.Length; i++)
            {
                var y = new double[Outputs];
                OneHot.Encode(labels[i], y);
                Reference.Backpropagate(Widen(inputs.AsSpan(i * width, width)), y, nabla);
            }
            return [.. nabla.All.ToArray().Select(sum => sum / labels.Length)];
        }
    }
}
