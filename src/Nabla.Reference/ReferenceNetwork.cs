namespace Nabla.Reference;

/// <summary>
/// A dense network of any depth in double precision, one example at a time, in the symbols of Nielsen's
/// "Neural Networks and Deep Learning", chapter 2, and of the notebook. It is written to be read, and it judges the fast engine.
/// </summary>
/// <remarks>
/// <para>Layers count from 0, as the notebook's lists do; a[0] is the input x, and layer l turns a[l] into a[l + 1]:
/// z[l] = w[l] a[l] + b[l], a[l + 1] = f(z[l]).</para>
/// <para>Dropout (Srivastava et al. 2014) comes from the caller, as one factor r for each hidden neuron: layer l then reads r * a[l] in
/// the place of a[l]. Factors of 0 drop a neuron, and 1 / (1 - p) keeps one if the share p is dropped.</para>
/// <para>Not thread-safe: z, a and delta are kept between calls. Concurrent calls are detected and throw
/// <see cref="InvalidOperationException"/> before anything has changed, so give each thread its own network. Access to
/// <see cref="Parameters"/> and to a span that has been returned is not checked.</para>
/// </remarks>
public sealed class ReferenceNetwork
{
    private readonly ReferenceActivation[] activations; // of the hidden layers: activations[l] makes a[l + 1]
    private readonly double[][] z;     // z[l]: [sizes[l + 1]]
    private readonly double[][] a;     // a[l]: [sizes[l]]
    private readonly double[][] delta; // delta[l] = dC/dz[l]: [sizes[l + 1]]
    private readonly double[][] dropped; // r * a[l]: [sizes[l]]
    private readonly double[][] input; // input[l] is what layer l reads: a[l], or dropped[l]

    /// <summary>A network with one activation for all hidden layers. All parameters are 0; set <see cref="Parameters"/>.</summary>
    /// <param name="sizes">Neurons of each layer, inputs first and outputs last.</param>
    /// <param name="activation">f of every hidden layer.</param>
    /// <param name="cost">The cost, and with it the output layer's activation.</param>
    /// <exception cref="ArgumentException">
    /// There are fewer than two sizes, one is below 1, or an array cannot hold the parameters.
    /// </exception>
    public ReferenceNetwork(IReadOnlyList<int> sizes, ReferenceActivation activation, ReferenceCost cost)
        : this(sizes, [.. sizes.Skip(2).Select(_ => activation)], cost)
    {
    }

    /// <summary>A network with an activation for each hidden layer. All parameters are 0; set <see cref="Parameters"/>.</summary>
    /// <param name="sizes">Neurons of each layer, inputs first and outputs last.</param>
    /// <param name="hiddenActivations">f of each hidden layer, from the inputs on: two fewer than there are sizes.</param>
    /// <param name="cost">The cost, and with it the output layer's activation.</param>
    /// <exception cref="ArgumentException">
    /// There are fewer than two sizes, one is below 1, an array cannot hold the parameters, or the number of activations is not that of
    /// the hidden layers.
    /// </exception>
    public ReferenceNetwork(IReadOnlyList<int> sizes, IReadOnlyList<ReferenceActivation> hiddenActivations, ReferenceCost cost)
    {
        ArgumentNullException.ThrowIfNull(cost);
        Parameters = new ReferenceParameters(sizes);
        activations = [.. hiddenActivations];
        Expect(activations.Length, Layers - 1, "hidden layers", nameof(hiddenActivations));
        foreach (ReferenceActivation activation in activations)
            ArgumentNullException.ThrowIfNull(activation, nameof(hiddenActivations));
        Cost = cost;
        a = [.. sizes.Select(size => new double[size])];
        z = [.. sizes.Skip(1).Select(size => new double[size])];
        delta = [.. sizes.Skip(1).Select(size => new double[size])];
        dropped = [.. sizes.Select(size => new double[size])];
        input = [.. a];
        HiddenNeurons = sizes.Skip(1).SkipLast(1).Sum();
    }

    /// <summary>Neurons of each layer, inputs first and outputs last.</summary>
    public IReadOnlyList<int> Sizes => Parameters.Sizes;

    /// <summary>Neurons of all hidden layers together: each can be dropped.</summary>
    public int HiddenNeurons { get; }

    /// <summary>Number of layers that have weights.</summary>
    public int Layers => Parameters.Layers;

    /// <summary>w and b.</summary>
    public ReferenceParameters Parameters { get; }

    /// <summary>f of each hidden layer: <see cref="Layers"/> - 1 of them.</summary>
    public IReadOnlyList<ReferenceActivation> HiddenActivations => activations;

    /// <summary>The cost of one example, and the output layer's activation.</summary>
    public ReferenceCost Cost { get; }

    /// <summary>Held by every operation on this network from beginning to end.</summary>
    internal ExclusiveUse Use { get; } = new("This network");

    /// <summary>
    /// z of layer l, its weighted inputs, for the last example that was run: [outputs of layer l]. All 0 before the first example.
    /// </summary>
    /// <param name="l">Layer, from 0.</param>
    /// <exception cref="InvalidOperationException">Another thread is using the network.</exception>
    /// <remarks>A view, overwritten by the next call that runs an example.</remarks>
    public ReadOnlySpan<double> Z(int l) => Kept(z, l);

    /// <summary>
    /// a[l], what goes into layer l, for the last example that was run: [inputs of layer l]. a[0] is x, and a[<see cref="Layers"/>] is the
    /// network's output, [outputs]. The factors of dropout are not in it. All 0 before the first example.
    /// </summary>
    /// <param name="l">From 0 to <see cref="Layers"/>.</param>
    /// <exception cref="InvalidOperationException">Another thread is using the network.</exception>
    /// <remarks>A view, overwritten by the next call that runs an example.</remarks>
    public ReadOnlySpan<double> A(int l) => Kept(a, l);

    /// <summary>
    /// delta = dC/dz of layer l, its error, for the last example that was backpropagated: [outputs of layer l]. All 0 before the first.
    /// The example's weight is not in it.
    /// </summary>
    /// <param name="l">Layer, from 0.</param>
    /// <exception cref="InvalidOperationException">Another thread is using the network.</exception>
    /// <remarks>A view, overwritten by the next backpropagation; a mere forward pass leaves it as it is.</remarks>
    public ReadOnlySpan<double> Delta(int l) => Kept(delta, l);

    /// <summary>The z at which the activation of layer l has no derivative.</summary>
    /// <param name="l">Layer, from 0; the last one is the output layer.</param>
    public IReadOnlyList<double> Kinks(int l) => l == Layers - 1 ? Cost.Kinks : activations[l].Kinks;

    /// <summary>Runs the network on one example.</summary>
    /// <param name="x">[inputs].</param>
    /// <returns>The outputs, [outputs], in an array of their own.</returns>
    /// <exception cref="ArgumentException">x has another length.</exception>
    /// <exception cref="InvalidOperationException">Another operation is using the network.</exception>
    public ReadOnlySpan<double> Feedforward(ReadOnlySpan<double> x)
    {
        using (Use.Begin())
            return Forward(x, default).ToArray();
    }

    /// <summary>The largest magnitude of all activations but the inputs: if it is very large, the network may overflow.</summary>
    /// <param name="x">[inputs].</param>
    /// <returns>NaN if an activation is NaN.</returns>
    /// <exception cref="ArgumentException">x has another length.</exception>
    /// <exception cref="InvalidOperationException">Another operation is using the network.</exception>
    public double LargestActivation(ReadOnlySpan<double> x)
    {
        using (Use.Begin())
        {
            Forward(x, default);
            double largest = 0.0;
            for (int l = 1; l <= Layers; l++)
            {
                foreach (double activation in a[l])
                    largest = Math.Max(largest, Math.Abs(activation));
            }
            return largest;
        }
    }

    /// <summary>C, the cost of one example.</summary>
    /// <param name="x">[inputs].</param>
    /// <param name="y">Desired outputs, [outputs].</param>
    /// <param name="dropout">r of each hidden neuron, layer after layer, [<see cref="HiddenNeurons"/>]; empty for 1 each.</param>
    /// <exception cref="ArgumentException">x, y or dropout has another length.</exception>
    /// <exception cref="InvalidOperationException">Another operation is using the network.</exception>
    public double CostOf(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> dropout = default)
    {
        using (Use.Begin())
            return ForwardToCost(x, y, dropout);
    }

    /// <summary>Backpropagation of one example: ADDS its gradient to nabla, as a mini-batch needs the sum.</summary>
    /// <param name="x">[inputs].</param>
    /// <param name="y">Desired outputs, [outputs].</param>
    /// <param name="nabla">nablaW and nablaB: weight * dC/dw and weight * dC/db are added to what it holds.</param>
    /// <param name="weight">The example's weight.</param>
    /// <param name="dropout">r of each hidden neuron, layer after layer, [<see cref="HiddenNeurons"/>]; empty for 1 each.</param>
    /// <returns>C, the cost of the example, without its weight.</returns>
    /// <exception cref="ArgumentException">x, y, nabla or dropout has another shape.</exception>
    /// <exception cref="InvalidOperationException">Another operation is using the network.</exception>
    /// <remarks>The four equations BP1 to BP4 of Nielsen's chapter 2 (Rumelhart, Hinton and Williams 1986).</remarks>
    public double Backpropagate(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReferenceParameters nabla, double weight = 1.0,
        ReadOnlySpan<double> dropout = default)
    {
        using (Use.Begin())
            return ForwardAndBackward(x, y, nabla, weight, dropout);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Join(", ", [string.Join("-", Sizes), .. activations.Select(activation => activation.Name).Distinct(), Cost.Name]);

    // The methods below run inside an operation that the caller has begun.

    /// <summary>One example forward.</summary>
    /// <returns>a[<see cref="Layers"/>] itself.</returns>
    private ReadOnlySpan<double> Forward(ReadOnlySpan<double> x, ReadOnlySpan<double> r)
    {
        Expect(x.Length, Sizes[0], "inputs", nameof(x));
        if (!r.IsEmpty)
            Expect(r.Length, HiddenNeurons, "hidden neurons", "dropout");
        x.CopyTo(a[0]);
        for (int l = 0; l < Layers; l++)
        {
            WeighInputs(l);
            if (l < Layers - 1)
            {
                activations[l].Apply(z[l], a[l + 1]);
                Drop(l + 1, FactorsOf(l + 1, r));
            }
            else
            {
                Cost.Output(z[l], a[l + 1]);
            }
        }
        return a[Layers];
    }

    /// <summary>One example forward, and its cost.</summary>
    internal double ForwardToCost(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> r)
    {
        Expect(y.Length, Sizes[Layers], "outputs", nameof(y));
        Forward(x, r);
        return Cost.Value(z[Layers - 1], a[Layers], y);
    }

    /// <summary>One example forward and backward; its gradient, times its weight, is added to nabla.</summary>
    internal double ForwardAndBackward(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReferenceParameters nabla, double weight, ReadOnlySpan<double> r)
    {
        if (!nabla.HasShapeOf(Parameters))
            throw new ArgumentException($"The network is {Parameters}, and the gradient is {nabla}.", nameof(nabla));
        double c = ForwardToCost(x, y, r);
        int last = Layers - 1;
        Cost.Delta(z[last], a[Layers], y, delta[last]);                           // BP1: delta = dC/dz of the output layer
        for (int l = last - 1; l >= 0; l--)
        {
            WeighErrors(l + 1);                                                   // BP2: delta[l] = (w[l+1]^T delta[l+1]) * r * f'(z[l])
            TimesFactors(delta[l], FactorsOf(l + 1, r));
            activations[l].TimesPrime(z[l], a[l + 1], delta[l]);
        }
        for (int l = 0; l < Layers; l++)
            AddGradient(l, nabla, weight);                                        // BP3 and BP4
        return c;
    }

    // z = w a + b
    private void WeighInputs(int l)
    {
        double[] read = input[l], output = z[l];
        Span<double> b = Parameters.Biases(l);
        for (int j = 0; j < output.Length; j++)
        {
            Span<double> w = Parameters.Weights(l, j);
            double sum = 0.0;
            for (int k = 0; k < w.Length; k++)
                sum += w[k] * read[k];
            output[j] = sum + b[j];
        }
    }

    // Layer l reads r * a[l]; without dropout, a[l] itself.
    private void Drop(int l, ReadOnlySpan<double> r)
    {
        input[l] = r.IsEmpty ? a[l] : dropped[l];
        for (int j = 0; j < r.Length; j++)
            dropped[l][j] = r[j] * a[l][j];
    }

    // r of the neurons that make a[l], among those of all hidden neurons; empty without dropout.
    private ReadOnlySpan<double> FactorsOf(int l, ReadOnlySpan<double> r)
    {
        if (r.IsEmpty)
            return r;
        int start = 0;
        for (int below = 1; below < l; below++)
            start += a[below].Length;
        return r.Slice(start, a[l].Length);
    }

    private static void TimesFactors(double[] values, ReadOnlySpan<double> r)
    {
        for (int j = 0; j < r.Length; j++)
            values[j] *= r[j];
    }

    // delta[l - 1] = w[l]^T delta[l]: row by row, the order of w in memory
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

    // BP3: nablaB = delta. BP4: nablaW = delta a^T. Both times the example's weight.
    private void AddGradient(int l, ReferenceParameters nabla, double weight)
    {
        double[] read = input[l], error = delta[l];
        Span<double> nablaB = nabla.Biases(l);
        for (int j = 0; j < error.Length; j++)
        {
            Span<double> nablaW = nabla.Weights(l, j);
            double d = weight * error[j]; // exactly the error itself for weight 1
            nablaB[j] += d;
            for (int k = 0; k < nablaW.Length; k++)
                nablaW[k] += d * read[k];
        }
    }

    private double[] Kept(double[][] values, int l)
    {
        Use.RequireNoOtherThread();
        return values[l];
    }

    private static void Expect(int length, int expected, string what, string parameter)
    {
        if (length != expected)
            throw new ArgumentException($"The network has {expected} {what}, not {length}.", parameter);
    }
}
