namespace Nabla.Onnx.Tests;

/// <summary>Models of random architectures with random parameters, and examples for them. The same seed gives the same model.</summary>
internal sealed class RandomModels(int seed)
{
    private readonly Random random = new(seed);

    /// <summary>A model with examples.</summary>
    /// <param name="examples">How many.</param>
    public (Model Model, FeatureTable Examples) Create(int examples)
    {
        bool classifies = random.Next(2) == 0, takesBytes = random.Next(4) == 0;
        int[] shape = takesBytes || random.Next(3) == 0 ? [random.Next(2, 6), random.Next(2, 6)] : [random.Next(1, 20)];
        int features = shape.Aggregate(1, (product, length) => product * length), outputs = random.Next(classifies ? 2 : 1, 6);
        var inputs = takesBytes ? Bytes(examples, features) : Numbers(examples, features);
        var layers = Enumerable.Range(0, random.Next(0, 4))
            .Select(_ => new Layer(random.Next(1, 30), Parametrized(Pick([.. Activation.Elementwise]))))
            .Append(new Layer(outputs, Parametrized(Pick(OutputActivations(classifies)))));
        var topology = new Topology(features, [.. layers]);
        var scaling = Pick([.. Scaling.All.Where(kind => takesBytes || kind != Scaling.Unit)]);
        if (!takesBytes && scaling == Scaling.None)
            scaling = Scaling.StandardizePerFeature; // raw numbers are far from 0, and outputs would overflow
        int members = random.Next(3) == 0 ? random.Next(1, 4) : 0;
        return (Create(topology, inputs, scaling, classifies, shape, members), inputs);
    }

    /// <summary>A classifier or a regressor, or an ensemble of them.</summary>
    public Model Create(Topology topology, FeatureTable inputs, Scaling scaling, bool classifies, int[] shape, int members)
    {
        string[] names = [.. Enumerable.Range(0, topology.Sizes[^1]).Select(i => $"é \"{i}\"")];
        Model Member(int _)
        {
            var part = inputs.Select([.. Enumerable.Range(0, inputs.Rows / 2).Select(_ => random.Next(inputs.Rows))]);
            var preprocessing = Preprocessing.Fit(members == 0 ? inputs : part, scaling);
            var network = RandomNetwork(topology, largestInput: scaling == Scaling.None ? byte.MaxValue : 1);
            return classifies
                ? Classifier.From(network, preprocessing, names, shape, inputs.IsBytes)
                : Regressor.From(network, preprocessing, names, TargetScaling(names.Length), shape, inputs.IsBytes);
        }
        if (members == 0)
            return Member(0);
        var all = Enumerable.Range(0, members).Select(Member).ToArray();
        return classifies ? Classifier.Average([.. all.Cast<Classifier>()]) : Regressor.Average([.. all.Cast<Regressor>()]);
    }

    /// <summary>Numbers of different magnitudes; some columns differ little beside their magnitude.</summary>
    public FeatureTable Numbers(int rows, int columns)
    {
        double[] offsets = [.. Enumerable.Range(0, columns).Select(i => i % 3 == 2 ? 1.7e9 : random.NextDouble())];
        var values = new double[rows * columns];
        for (int i = 0; i < values.Length; i++)
            values[i] = offsets[i % columns] + Deviate() * (1 + i % columns);
        return random.Next(2) == 0
            ? FeatureTable.FromDoubles(values, rows, columns)
            : FeatureTable.FromFloats(Array.ConvertAll(values, value => (float)(value - (value > 1e9 ? 1.7e9 : 0))), rows, columns);
    }

    private FeatureTable Bytes(int rows, int columns)
    {
        var values = new byte[rows * columns];
        random.NextBytes(values);
        return FeatureTable.FromBytes(values, rows, columns);
    }

    /// <summary>
    /// A network with weighted inputs of the size that trained networks have. Far larger ones round to more than the last digits of
    /// probabilities, so that two orders of a sum in single precision would disagree, both equally far from the sum in double precision.
    /// </summary>
    private Network RandomNetwork(Topology topology, double largestInput)
    {
        // Each layer of exponentials multiplies differences in the last digits.
        double spread = topology.Layers.Any(layer => layer.Activation == Activation.Exponential) ? 0.3 : 1.0;
        var network = new Network(topology);
        var parameters = network.EditParameters();
        for (int layer = 0; layer < topology.LayerCount; layer++)
        {
            double size = spread / Math.Sqrt(topology.Inputs(layer)) / (layer == 0 ? largestInput : 1);
            foreach (ref float weight in topology.Weights(parameters, layer))
                weight = (float)(size * Deviate());
            foreach (ref float bias in topology.Biases(parameters, layer))
                bias = (float)Deviate() / 2;
        }
        return network;
    }

    private TargetScaling TargetScaling(int targets)
    {
        double[] offsets = [.. Enumerable.Range(0, targets).Select(_ => Deviate())];
        double[] scales = [.. Enumerable.Range(0, targets).Select(_ => 0.1 + random.NextDouble())];
        return random.Next(2) == 0
            ? new TargetScaling(offsets, scales)
            : new TargetScaling(offsets, scales, [.. offsets.Select(offset => offset - 1)], [.. offsets.Select(offset => offset + 1)]);
    }

    private Activation Parametrized(Activation activation) => activation switch
    {
        LeakyRelu leaky => leaky with { Slope = (float)(0.01 + random.NextDouble() / 2) },
        Elu elu => elu with { Alpha = (float)(0.1 + random.NextDouble()) },
        _ => activation,
    };

    private static Activation[] OutputActivations(bool classifies) => classifies
        ? [Activation.Softmax, Activation.Softmax, .. Activation.All]
        : [Activation.Identity, Activation.Identity, .. Activation.Elementwise];

    private T Pick<T>(T[] choices) => choices[random.Next(choices.Length)];

    private double Deviate() => Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6;
}
