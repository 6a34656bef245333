namespace Nabla;

/// <summary>
/// Weights of a perceptron in the layouts of other libraries: <c>.npz</c> with the arrays of scikit-learn (<c>coefs_0</c>, [inputs,
/// outputs], and <c>intercepts_0</c> for each layer), and <c>.safetensors</c> with the state of a PyTorch nn.Sequential
/// (<c>0.weight</c>, [outputs, inputs], and <c>0.bias</c>; the activation between two layers counts as a module).
/// </summary>
public static class WeightFile
{
    /// <summary>
    /// Writes the weights of a model so that another library predicts the same from features as they are: the scaling of inputs and of
    /// values to predict becomes part of the first and the last layer.
    /// </summary>
    /// <param name="model">A single network.</param>
    /// <param name="path">Ends with .npz or .safetensors; an existing file is replaced only after the new one has been written.</param>
    /// <exception cref="ArgumentException">The path has another ending.</exception>
    /// <exception cref="InvalidInputException">
    /// The model is an ensemble, or has a scaling that no layer can take over: limits of inputs, or values scaled after an activation.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(Model model, string path)
    {
        bool isNpz = IsNpz(path);
        var layers = FoldedLayers.Of(model);
        if (isNpz)
        {
            NpzWriter.Write(path, [.. layers.SelectMany((layer, i) => new[]
            {
                ($"coefs_{i}", NumericArray.Create<float>(layer.Weights, layer.Inputs, layer.Outputs)),
                ($"intercepts_{i}", NumericArray.Create<float>(layer.Biases, layer.Outputs)),
            })]);
            return;
        }
        SafetensorsFile.Write(path, new Dictionary<string, string> { ["fingerprint"] = model.Fingerprint },
            [.. layers.SelectMany((layer, i) => new (string, int[], ReadOnlyMemory<float>)[]
            {
                ($"{2 * i}.weight", [layer.Outputs, layer.Inputs], layer.WeightsByNeuron()),
                ($"{2 * i}.bias", [layer.Outputs], layer.Biases),
            })]);
    }

    /// <summary>
    /// Reads the weights of a perceptron. Layers are taken in the order of their names, in which numbers count as numbers: 2.weight comes
    /// before 10.weight. A layer without a bias has biases of 0.
    /// </summary>
    /// <param name="path">
    /// An .npz or .safetensors file with floats of 32 or 64 bits, named coefs_N and intercepts_N ([inputs, outputs]), or with names that
    /// end with weight ([outputs, inputs]) and bias.
    /// </param>
    /// <param name="hidden">The activation of hidden layers, which such files do not hold.</param>
    /// <param name="output">The activation of the output layer.</param>
    /// <exception cref="ArgumentException">The path has another ending.</exception>
    /// <exception cref="InvalidInputException">The file is damaged, or its arrays are not the layers of a perceptron.</exception>
    /// <exception cref="InvalidOptionException">An activation is not one of such a layer.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Network Read(string path, Activation hidden, Activation output)
    {
        if (IsNpz(path))
        {
            using var npz = NpzReader.Open(path);
            return WeightArrays.Assemble(path, npz.Names, name =>
            {
                var array = npz.Read(name);
                return (array.Shape, array.ToDoubles());
            }, hidden, output);
        }
        using var file = SafetensorsFile.Read(path);
        return WeightArrays.Assemble(path, [.. file.Tensors.Select(tensor => tensor.Name)], name =>
        {
            var tensor = file.Tensors.First(tensor => tensor.Name == name);
            return (tensor.Shape, tensor.DataType == "F64"
                ? file.ReadDoubles(name)
                : Array.ConvertAll(file.ReadSingles(name), value => (double)value));
        }, hidden, output);
    }

    private static bool IsNpz(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".npz" => true,
        ".safetensors" => false,
        _ => throw new ArgumentException($"{path} ends neither with .npz nor with .safetensors.", nameof(path)),
    };
}
