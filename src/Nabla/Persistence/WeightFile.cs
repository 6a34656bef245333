using System.Globalization;

namespace Nabla;

/// <summary>
/// Weights of a perceptron in the layouts of other libraries: <c>.npz</c> with the arrays of scikit-learn (<c>coefs_0</c>, [inputs,
/// outputs], and <c>intercepts_0</c> for each layer, doubles), and <c>.safetensors</c> with the state of a PyTorch nn.Sequential
/// (<c>0.weight</c>, [outputs, inputs], and <c>0.bias</c>; the activation between two layers counts as a module).
/// </summary>
public static class WeightFile
{
    /// <summary>
    /// Writes the weights of a model as scikit-learn has them, so that it predicts the same from features as they are: the scaling of
    /// inputs and of values to predict becomes part of the first and the last layer. The file does not hold activations. Softmax over two
    /// classes becomes one output, the logistic function of which is the probability of the second.
    /// </summary>
    /// <param name="model">A single network.</param>
    /// <param name="path">An existing file is replaced only after the new one has been written to the disk.</param>
    /// <exception cref="InvalidInputException">
    /// The model is an ensemble, or has a scaling that no layer can take over: limits of inputs, or values scaled after an activation.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteNpz(Model model, string path)
    {
        var layers = FoldedLayers.Of(model);
        if (IsOneOutput(model))
            layers[^1] = layers[^1].AsOneOutput();
        NpzWriter.Write(path, [.. layers.SelectMany((layer, i) => new[]
        {
            ($"coefs_{i}", NumericArray.Create<double>(layer.Weights, layer.Inputs, layer.Outputs)),
            ($"intercepts_{i}", NumericArray.Create<double>(layer.Biases, layer.Outputs)),
        })]);
    }

    /// <summary>Whether <see cref="WriteNpz"/> makes one output of two.</summary>
    internal static bool IsOneOutput(Model model) =>
        model.Topology.OutputActivation == Activation.Softmax && model.OutputNames.Count == 2;

    /// <summary>
    /// Writes the weights of a model as the state of a PyTorch nn.Sequential that predicts the same from features as they are: the scaling
    /// of inputs and of values to predict becomes part of the first and the last layer. The file does not hold activations.
    /// </summary>
    /// <param name="model">A single network.</param>
    /// <param name="path">An existing file is replaced only after the new one has been written to the disk.</param>
    /// <exception cref="InvalidInputException">
    /// The model is an ensemble; has a scaling that no layer can take over: limits of inputs, or values scaled after an activation; or its
    /// inputs need double precision.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteSafetensors(Model model, string path)
    {
        var layers = FoldedLayers.Of(model);
        if (!model.Preprocessing.Origins.IsEmpty)
        {
            throw FoldedLayers.Unable(
                "the scaling of the inputs", "their values are too far from 0 for the single precision of PyTorch's layers",
                "Export it as .npz, ONNX, C# or Python.");
        }
        SafetensorsFile.Write(path, new Dictionary<string, string> { ["fingerprint"] = model.Fingerprint },
            [.. layers.SelectMany((layer, i) => new (string, int[], ReadOnlyMemory<float>)[]
            {
                ($"{2 * i}.weight", [layer.Outputs, layer.Inputs], ToFloats($"{2 * i}.weight", layer.WeightsByNeuron())),
                ($"{2 * i}.bias", [layer.Outputs], ToFloats($"{2 * i}.bias", layer.Biases)),
            })]);
    }

    /// <summary>
    /// Reads the weights of a perceptron. Layers are taken in the order of the numbers in their names: 2.weight comes before 10.weight. A
    /// layer without a bias has biases of 0.
    /// </summary>
    /// <param name="path">
    /// An .npz archive, or a safetensors file, with floats of 32 or 64 bits, named coefs_N and intercepts_N ([inputs, outputs]), or with
    /// names that end with weight ([outputs, inputs]) and bias.
    /// </param>
    /// <param name="hidden">The activation of hidden layers, which such files do not hold.</param>
    /// <param name="output">The activation of the output layer.</param>
    /// <exception cref="InvalidInputException">The file is damaged, or its arrays are not the layers of a perceptron.</exception>
    /// <exception cref="InvalidOptionException">An activation is not one of such a layer.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Network Read(string path, Activation hidden, Activation output) =>
        FoldedLayers.ToNetwork(ReadLayers(path), hidden, output);

    /// <summary>Reads the layers from a file, which may be in memory; the ending of its name tells the format.</summary>
    /// <param name="source">The file, which is disposed of.</param>
    /// <param name="path">Its name.</param>
    /// <exception cref="InvalidInputException">The file is damaged, or its arrays are not the layers of a perceptron.</exception>
    internal static FoldedLayer[] ReadLayers(ByteSource source, string path)
    {
        if (Path.GetExtension(path).Equals(".npz", StringComparison.OrdinalIgnoreCase))
        {
            using var npz = NpzReader.Open(source, path);
            return WeightArrays.Read(path, npz.Names, name => ShapeAndValues(npz.Read(name)));
        }
        using var file = SafetensorsFile.Open(source, path);
        if (ModelMetadata.IsModel(file.Metadata))
            throw LayerNames.Error(path, "the whole file", "it is a model of Nabla", "Use it as it is.");
        return WeightArrays.Read(path, [.. file.Tensors.Select(tensor => tensor.Name)], name => file.Find(name) switch
        {
            { DataType: "F64" } tensor => (tensor.Shape, file.ReadDoubles(name)),
            var tensor => (tensor!.Shape, Array.ConvertAll(file.ReadFloats(name), value => (double)value)),
        });
    }

    /// <summary>
    /// Reads a classifier that takes features as they are, with softmax over its outputs. A single output is that of two classes: its
    /// logistic function is the probability of the second, as in scikit-learn.
    /// </summary>
    /// <param name="path">As of <see cref="Read"/>.</param>
    /// <param name="hidden">The activation of hidden layers, which such files do not hold.</param>
    /// <param name="classNames">The classes, in the order of the outputs.</param>
    /// <exception cref="ArgumentException">Names are repeated.</exception>
    /// <exception cref="InvalidInputException">
    /// The file is damaged, its arrays are not the layers of a perceptron, or there are more or fewer names than classes.
    /// </exception>
    /// <exception cref="InvalidOptionException">The activation is not one of a hidden layer.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Classifier ReadClassifier(string path, Activation hidden, IReadOnlyList<string> classNames)
    {
        var layers = ReadLayers(path);
        if (layers[^1].Outputs == 1)
            layers[^1] = layers[^1].AsTwoOutputs();
        RequireNames(path, layers, classNames, "classes");
        return Classifier.From(FoldedLayers.ToNetwork(layers, hidden, Activation.Softmax), AsTheyAre, classNames);
    }

    /// <summary>Reads a regressor that takes features as they are, and whose outputs are values in their own units.</summary>
    /// <param name="path">As of <see cref="Read"/>.</param>
    /// <param name="hidden">The activation of hidden layers, which such files do not hold.</param>
    /// <param name="targetNames">The names of the values, in the order of the outputs.</param>
    /// <exception cref="ArgumentException">Names are repeated.</exception>
    /// <exception cref="InvalidInputException">
    /// The file is damaged, its arrays are not the layers of a perceptron, or there are more or fewer names than outputs.
    /// </exception>
    /// <exception cref="InvalidOptionException">The activation is not one of a hidden layer.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Regressor ReadRegressor(string path, Activation hidden, IReadOnlyList<string> targetNames)
    {
        var layers = ReadLayers(path);
        RequireNames(path, layers, targetNames, "values");
        return Regressor.From(FoldedLayers.ToNetwork(layers, hidden, Activation.Identity), AsTheyAre, targetNames);
    }

    private static Preprocessing AsTheyAre => Preprocessing.Create([0f], [1f]);

    private static float[] ToFloats(string name, double[] values)
    {
        float[] floats = Array.ConvertAll(values, value => (float)value);
        int wrong = Array.FindIndex(floats, value => !float.IsFinite(value));
        return wrong < 0 ? floats : throw FoldedLayers.Unable(
            name, string.Create(CultureInfo.InvariantCulture,
                $"with the scaling, element {wrong} is {values[wrong]}, beyond the single precision of PyTorch's layers"),
            "Export it as .npz, ONNX, C# or Python.");
    }

    private static FoldedLayer[] ReadLayers(string path) => ReadLayers(ByteSource.Open(path), path);

    private static (IReadOnlyList<int> Shape, double[] Values) ShapeAndValues(NumericArray array) => (array.Shape, array.ToDoubles());

    private static void RequireNames(string path, FoldedLayer[] layers, IReadOnlyList<string> names, string what)
    {
        if (names.Count != layers[^1].Outputs)
        {
            throw LayerNames.Error(
                path, "the last layer", $"it has {layers[^1].Outputs} {what}, and {names.Count} names are given",
                "Give a name for each, in the order of the outputs.");
        }
    }
}
