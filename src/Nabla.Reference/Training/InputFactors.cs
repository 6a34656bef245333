namespace Nabla.Reference;

/// <summary>A learnable factor for each input: the first layer's weights are w[j, k] = v[j, k] s[k] for neuron j and input k.</summary>
/// <remarks>
/// By the chain rule, dC/dv[j, k] = s[k] dC/dw[j, k] and dC/ds[k] = sum_j v[j, k] dC/dw[j, k]. Not thread-safe: it belongs to one trainer.
/// </remarks>
internal sealed class InputFactors
{
    private readonly int inputs;
    private readonly int neurons;
    private readonly double[] learned;
    private readonly double[] slopes; // as learned

    /// <summary>Factors of 1.</summary>
    /// <param name="parameters">The network's; its first weights are v.</param>
    /// <param name="learningRateFactors">A factor of the learning rate for each parameter; null for 1 each.</param>
    /// <param name="rate">The factor of the learning rate of s.</param>
    public InputFactors(ReferenceParameters parameters, ReferenceParameters? learningRateFactors, double rate)
    {
        (inputs, neurons) = (parameters.Sizes[0], parameters.Sizes[1]);
        learned = new double[parameters.Count + inputs];
        slopes = new double[learned.Length];
        Rates = new double[learned.Length];
        parameters.CopyTo(learned);
        S.Fill(1.0);
        Array.Fill(Rates, 1.0);
        learningRateFactors?.CopyTo(Rates);
        Rates.AsSpan(parameters.Count).Fill(rate);
    }

    /// <summary>What is learned, [parameters + inputs]: the network's parameters, with v as its first weights, and then s.</summary>
    public Span<double> Learned => learned;

    /// <summary>The factor of the learning rate for each of <see cref="Learned"/>.</summary>
    public double[] Rates { get; }

    private Span<double> S => learned.AsSpan(learned.Length - inputs);

    /// <summary>The gradient with respect to <see cref="Learned"/>.</summary>
    /// <param name="nabla">The gradient with respect to the network's parameters.</param>
    public Span<double> Gradient(ReferenceParameters nabla)
    {
        nabla.CopyTo(slopes);
        Span<double> nablaS = slopes.AsSpan(slopes.Length - inputs);
        nablaS.Clear();
        for (int j = 0; j < neurons; j++)
        {
            for (int k = 0; k < inputs; k++)
            {
                double nablaW = nabla.Weights(0, j)[k];
                slopes[j * inputs + k] = S[k] * nablaW;
                nablaS[k] += learned[j * inputs + k] * nablaW;
            }
        }
        return slopes;
    }

    /// <summary>Writes the network's parameters.</summary>
    public void WriteTo(ReferenceParameters parameters)
    {
        parameters.CopyFrom(learned.AsSpan(0, parameters.Count));
        for (int j = 0; j < neurons; j++)
        {
            for (int k = 0; k < inputs; k++)
                parameters.Weights(0, j)[k] *= S[k];
        }
    }
}
