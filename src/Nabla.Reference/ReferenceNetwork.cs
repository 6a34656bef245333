namespace Nabla.Reference;

/// <summary>
/// The readable truth: a dense network of any depth, in double precision, one example at a time, in the symbols of Nielsen's
/// "Neural Networks and Deep Learning", chapter 2, and of the notebook. Not the fast engine: the one that judges it.
/// </summary>
/// <remarks>
/// Layers count from 0, as the notebook's lists do; a[0] is the input x, and layer l turns a[l] into a[l + 1]:
/// z[l] = w[l] a[l] + b[l], a[l + 1] = f(z[l]). An instance keeps z, a and delta between calls, so it serves one thread at a time.
/// </remarks>
public sealed class ReferenceNetwork
{
    private readonly double[][] z;     // z[l]: [sizes[l + 1]]
    private readonly double[][] a;     // a[l]: [sizes[l]]
    private readonly double[][] delta; // delta[l] = dC/dz[l]: [sizes[l + 1]]

    /// <summary>A network whose parameters are all zero: set them through <see cref="Parameters"/>.</summary>
    /// <param name="sizes">Neurons of each layer, inputs first and outputs last.</param>
    /// <param name="activation">f of the hidden layers.</param>
    /// <param name="cost">The cost, and with it the output layer's activation.</param>
    /// <exception cref="ArgumentException">There are fewer than two sizes, or one is below 1.</exception>
    public ReferenceNetwork(IReadOnlyList<int> sizes, ReferenceActivation activation, ReferenceCost cost)
    {
        Parameters = new ReferenceParameters(sizes);
        Activation = activation;
        Cost = cost;
        a = [.. sizes.Select(size => new double[size])];
        z = [.. sizes.Skip(1).Select(size => new double[size])];
        delta = [.. sizes.Skip(1).Select(size => new double[size])];
    }

    /// <summary>Neurons of each layer, inputs first and outputs last.</summary>
    public IReadOnlyList<int> Sizes => Parameters.Sizes;

    /// <summary>Number of layers that have weights.</summary>
    public int Layers => Parameters.Layers;

    /// <summary>w and b.</summary>
    public ReferenceParameters Parameters { get; }

    /// <summary>f of the hidden layers.</summary>
    public ReferenceActivation Activation { get; }

    /// <summary>The cost of one example, and the output layer's activation.</summary>
    public ReferenceCost Cost { get; }

    /// <summary>z of layer l as the last example left it, [outputs].</summary>
    /// <param name="l">Layer, from 0.</param>
    public ReadOnlySpan<double> Z(int l) => z[l];

    /// <summary>Runs the network on one example.</summary>
    /// <param name="x">[inputs].</param>
    /// <returns>The outputs, [outputs]; overwritten by the next call.</returns>
    /// <exception cref="ArgumentException">x has another length.</exception>
    public ReadOnlySpan<double> Feedforward(ReadOnlySpan<double> x)
    {
        Expect(x.Length, Sizes[0], "inputs", nameof(x));
        x.CopyTo(a[0]);
        for (int l = 0; l < Layers; l++)
        {
            WeighInputs(l);
            if (l < Layers - 1)
                Activation.Apply(z[l], a[l + 1]);
            else
                Cost.Output(z[l], a[l + 1]);
        }
        return a[Layers];
    }

    /// <summary>C, the cost of one example.</summary>
    /// <param name="x">[inputs].</param>
    /// <param name="y">Desired outputs, [outputs].</param>
    /// <exception cref="ArgumentException">x or y has another length.</exception>
    public double CostOf(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Expect(y.Length, Sizes[Layers], "outputs", nameof(y));
        Feedforward(x);
        return Cost.Value(z[Layers - 1], a[Layers], y);
    }

    /// <summary>Backpropagation of one example: ADDS its gradient to nabla, as a mini-batch wants the sum.</summary>
    /// <param name="x">[inputs].</param>
    /// <param name="y">Desired outputs, [outputs].</param>
    /// <param name="nabla">nablaW and nablaB: dC/dw and dC/db are added to what it holds.</param>
    /// <returns>C, the cost of the example.</returns>
    /// <exception cref="ArgumentException">x, y or nabla has another shape.</exception>
    /// <remarks>The four equations BP1 to BP4 of Nielsen's chapter 2 (Rumelhart, Hinton and Williams 1986).</remarks>
    public double Backpropagate(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReferenceParameters nabla)
    {
        Expect(nabla.Count, Parameters.Count, "parameters", nameof(nabla));
        double c = CostOf(x, y);
        int last = Layers - 1;
        Cost.Delta(z[last], a[Layers], y, delta[last]);                           // BP1: delta = dC/dz of the output layer
        for (int l = last - 1; l >= 0; l--)
        {
            WeighErrors(l + 1);                                                   // BP2: delta[l] = (w[l+1]^T delta[l+1]) * f'(z[l])
            Activation.TimesPrime(z[l], a[l + 1], delta[l]);
        }
        for (int l = 0; l < Layers; l++)
            AddGradient(l, nabla);                                                // BP3 and BP4
        return c;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{string.Join("-", Sizes)}, {Activation}, {Cost}";

    // z = w a + b
    private void WeighInputs(int l)
    {
        double[] input = a[l], output = z[l];
        Span<double> b = Parameters.Biases(l);
        for (int j = 0; j < output.Length; j++)
        {
            Span<double> w = Parameters.Weights(l, j);
            double sum = 0.0;
            for (int k = 0; k < w.Length; k++)
                sum += w[k] * input[k];
            output[j] = sum + b[j];
        }
    }

    // delta[l - 1] = w[l]^T delta[l]: row by row, since that is how w lies in memory
    private void WeighErrors(int l)
    {
        double[] error = delta[l], below = delta[l - 1];
        Array.Clear(below);
        for (int j = 0; j < error.Length; j++)
        {
            Span<double> w = Parameters.Weights(l, j);
            double d = error[j];
            for (int k = 0; k < w.Length; k++)
                below[k] += w[k] * d;
        }
    }

    // BP3: nablaB = delta. BP4: nablaW = delta a^T.
    private void AddGradient(int l, ReferenceParameters nabla)
    {
        double[] input = a[l], error = delta[l];
        Span<double> nablaB = nabla.Biases(l);
        for (int j = 0; j < error.Length; j++)
        {
            Span<double> nablaW = nabla.Weights(l, j);
            double d = error[j];
            nablaB[j] += d;
            for (int k = 0; k < nablaW.Length; k++)
                nablaW[k] += d * input[k];
        }
    }

    private static void Expect(int length, int expected, string what, string parameter)
    {
        if (length != expected)
            throw new ArgumentException($"The network has {expected} {what}, not {length}.", parameter);
    }
}
