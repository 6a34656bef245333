using System.Globalization;

namespace Nabla;

/// <summary>Builds a perceptron of named arrays.</summary>
internal static class WeightArrays
{
    /// <summary>Reads an array: its shape and its values in C order.</summary>
    public delegate (IReadOnlyList<int> Shape, double[] Values) Reader(string name);

    /// <summary>The layers that the arrays are, in their order. Weights are [inputs, outputs].</summary>
    /// <exception cref="InvalidInputException">They are no layers of a perceptron.</exception>
    public static FoldedLayer[] Read(string path, IReadOnlyList<string> names, Reader read)
    {
        var all = LayerNames.Find(path, names);
        var layers = new FoldedLayer[all.Count];
        for (int i = 0; i < layers.Length; i++)
        {
            layers[i] = Read(path, all[i], read);
            if (i > 0 && layers[i].Inputs != layers[i - 1].Outputs)
            {
                throw LayerNames.Error(
                    path, all[i].Weights,
                    $"it takes {layers[i].Inputs} inputs, and the layer before, {all[i - 1].Weights}, gives {layers[i - 1].Outputs}",
                    "Number the layers in their order, for example 0.weight and 2.weight.");
            }
        }
        return layers;
    }

    private static FoldedLayer Read(string path, LayerNames names, Reader read)
    {
        var (shape, values) = read(names.Weights);
        if (shape.Count != 2 || shape[0] < 1 || shape[1] < 1)
        {
            throw LayerNames.Error(
                path, names.Weights, $"weights have two dimensions, and this has the shape [{string.Join(", ", shape)}]",
                "Only fully connected layers can be read.");
        }
        double[] weights = Checked(path, names.Weights, values);
        return names.ByInputs
            ? new FoldedLayer(shape[0], shape[1], weights, ReadBiases(path, names, shape[1], read))
            : FoldedLayer.FromByNeuron(shape[1], shape[0], weights, ReadBiases(path, names, shape[0], read));
    }

    private static double[] ReadBiases(string path, LayerNames names, int outputs, Reader read)
    {
        if (names.Biases is not { } name)
            return new double[outputs];
        var (shape, values) = read(name);
        return shape.Count == 1 && shape[0] == outputs ? Checked(path, name, values) : throw LayerNames.Error(
            path, name, $"it has the shape [{string.Join(", ", shape)}], and the layer has {outputs} outputs",
            "Save weights and biases of the same network.");
    }

    private static double[] Checked(string path, string name, double[] values)
    {
        int wrong = Array.FindIndex(values, value => !float.IsFinite((float)value));
        return wrong < 0 ? values : throw LayerNames.Error(
            path, name,
            $"element {wrong} is {values[wrong].ToString(CultureInfo.InvariantCulture)}, and not a number in a float's range (3.4e38)",
            "Use weights from a training run that did not diverge.");
    }
}
