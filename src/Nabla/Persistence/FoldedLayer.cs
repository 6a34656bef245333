namespace Nabla;

/// <summary>A layer with the scaling before or after it.</summary>
/// <param name="Inputs">Inputs.</param>
/// <param name="Outputs">Outputs.</param>
/// <param name="Weights">[inputs, outputs].</param>
/// <param name="Biases">[outputs].</param>
internal sealed record FoldedLayer(int Inputs, int Outputs, double[] Weights, double[] Biases)
{
    /// <summary>A layer whose weights are given as [outputs, inputs].</summary>
    public static FoldedLayer FromByNeuron(int inputs, int outputs, double[] weights, double[] biases) =>
        new(inputs, outputs, Transpose(weights, outputs, inputs), biases);

    /// <summary>The weights, [outputs, inputs].</summary>
    public double[] WeightsByNeuron() => Transpose(Weights, Inputs, Outputs);

    /// <summary>
    /// Two outputs z with softmax as one with the logistic function, as scikit-learn has two classes:
    /// exp(z1) / (exp(z0) + exp(z1)) = 1 / (1 + exp(-(z1 - z0))).
    /// </summary>
    public FoldedLayer AsOneOutput()
    {
        var weights = new double[Inputs];
        for (int i = 0; i < Inputs; i++)
            weights[i] = Weights[2 * i + 1] - Weights[2 * i];
        return new FoldedLayer(Inputs, 1, weights, [Biases[1] - Biases[0]]);
    }

    /// <summary>The reverse: one output as the second of two, of which the first is 0.</summary>
    public FoldedLayer AsTwoOutputs()
    {
        var weights = new double[2 * Inputs];
        for (int i = 0; i < Inputs; i++)
            weights[2 * i + 1] = Weights[i];
        return new FoldedLayer(Inputs, 2, weights, [0, Biases[0]]);
    }

    private static double[] Transpose(double[] values, int rows, int columns)
    {
        var turned = new double[values.Length];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                turned[j * rows + i] = values[i * columns + j];
        }
        return turned;
    }
}
