using Nabla.Reference;

namespace Nabla.Studio.Tests;

/// <summary>A network with random weights and data, and the same one made of the reference's classes.</summary>
internal sealed class StepCase
{
    private const int Rows = 5;

    private readonly Func<bool, ReferenceNetwork> build;
    private readonly Func<bool, ReferenceActivation?[]> slopes;

    private StepCase(StepNetwork network, Func<bool, ReferenceNetwork> build, Func<bool, ReferenceActivation?[]> slopes) =>
        (Network, this.build, this.slopes) = (network, build, slopes);

    public StepNetwork Network { get; }

    public double LearningRate => Network.Model.Options.Optimizer.LearningRate;

    public static StepCase Classes(int[] sizes, Activation hidden, Loss loss, Activation output)
    {
        int classes = sizes[^1];
        int[] labels = [.. Enumerable.Range(0, Math.Max(Rows, classes)).Select(row => (row * 7 + 1) % classes)];
        return Create(sizes, hidden, loss, output, new ClassTargets(labels, [.. Enumerable.Range(0, classes).Select(c => $"class {c}")]));
    }

    public static StepCase Numbers(int[] sizes, Activation hidden, Loss loss, Activation output)
    {
        double[] values = [.. Enumerable.Range(0, Rows * sizes[^1]).Select(i => Math.Sin(i + 2))];
        return Create(sizes, hidden, loss, output, new ValueTargets(values, [.. Enumerable.Range(0, sizes[^1]).Select(c => $"value {c}")]));
    }

    /// <summary>An example in the reference's network.</summary>
    public StepExpectation Expect(int row, bool slip)
    {
        var data = Network.Data;
        int inputs = data.Inputs.Columns, outputs = Network.Model.Topology.Sizes[^1];
        double[] x = [.. data.Inputs.Floats.Slice(row * inputs, inputs)], y = new double[outputs];
        if (data.Targets is ClassTargets classes)
            y[classes.Labels[row]] = 1;
        else
            Standardized(row).CopyTo(y, 0);
        return new StepExpectation(build(slip), slopes(slip), x, y);
    }

    private double[] Standardized(int row)
    {
        var model = Network.Model;
        int width = model.Topology.Sizes[^1];
        var raw = Network.Data.Values.Values.Slice(row * width, width);
        if (model.TargetScaling is not { } scaling)
            return raw.ToArray();
        var y = new float[width];
        scaling.Apply(raw, y);
        return [.. y.Select(value => (double)value)];
    }

    private static StepCase Create(int[] sizes, Activation hidden, Loss loss, Activation output, Targets targets)
    {
        float[] inputs = [.. Enumerable.Range(0, targets.Count * sizes[0]).Select(i => MathF.Cos(3 * i + 1))];
        var data = new Dataset("test", FeatureTable.FromFloats(inputs, targets.Count, sizes[0]), targets);
        var model = Training.Begin(data, new TrainingOptions
        {
            Hidden = sizes[1..^1], Activation = hidden, Loss = loss, OutputActivation = output, Scaling = Scaling.None,
            Initialization = Initialization.Xavier, Seed = 3,
        }).Model;
        bool isDifference = loss.IsCanonicalFor(output);
        return new StepCase(
            new StepNetwork("test", "a test", model, model.Network, data, "test data", "test"), slip => Build(model, slip),
            slip => [.. sizes[1..^1].Select(_ => Find(hidden, slip)), isDifference ? null : Find(output, slip)]);
    }

    private static ReferenceNetwork Build(Model model, bool slip)
    {
        var topology = model.Topology;
        var loss = model.Options.Loss!;
        var output = topology.OutputActivation;
        var cost = slip && !loss.IsCanonicalFor(output)
            ? ReferenceCost.FromFunctions("quadratic with the slip", Find(output, slip), Quadratic, Difference)
            : ReferenceCost.Create(loss.Name, output.Name, loss.ParameterValues, output.ParameterValues);
        var network = new ReferenceNetwork(
            topology.Sizes, [.. topology.Layers.SkipLast(1).Select(layer => Find(layer.Activation, slip))], cost);
        for (int l = 0; l < topology.LayerCount; l++)
        {
            int units = topology.Outputs(l);
            for (int j = 0; j < units; j++)
            {
                network.Parameters.Biases(l)[j] = model.Network.Biases(l)[j];
                for (int k = 0; k < topology.Inputs(l); k++)
                    network.Parameters.Weights(l, j)[k] = model.Network.Weights(l)[k * units + j];
            }
        }
        return network;
    }

    // The slip written out: the notebook's own for sigmoids, and f'(f(z)) for the others.
    private static ReferenceActivation Find(Activation activation, bool slip) => (activation.Name, slip) switch
    {
        ("sigmoid", true) => ReferenceActivation.SigmoidAsPrinted,
        ("tanh", true) => ReferenceActivation.FromFunctions(
            "tanh with the slip", Math.Tanh, z => 1 - Math.Pow(Math.Tanh(Math.Tanh(z)), 2)),
        _ => ReferenceActivation.Create(activation.Name, activation.ParameterValues),
    };

    private static double Quadratic(ReadOnlySpan<double> a, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int j = 0; j < a.Length; j++)
            sum += (a[j] - y[j]) * (a[j] - y[j]) / 2;
        return sum;
    }

    private static void Difference(ReadOnlySpan<double> a, ReadOnlySpan<double> y, Span<double> derivative)
    {
        for (int j = 0; j < a.Length; j++)
            derivative[j] = a[j] - y[j];
    }
}
