using Nabla.Reference;

namespace Nabla.Explain;

/// <summary>
/// One example on its way through a network, forward and back, step by step in double precision by <c>Nabla.Reference</c>: every number of
/// the four equations of backpropagation.
/// </summary>
/// <remarks>
/// The parameters are a copy, so that later changes of the model do not matter. Safe for concurrent use: methods that need the network use
/// one at a time. Dropout plays no part, as in prediction.
/// </remarks>
public sealed class ExampleTrace
{
    private readonly Lock use = new();
    private readonly ReferenceNetwork network;
    private readonly ReferenceParameters? nabla;
    private readonly double[] x; // [inputs], scaled
    private readonly double[] y; // [outputs], or empty

    private ExampleTrace(Model model, ReferenceNetwork network, double[] x, double[] y, bool asPrinted)
    {
        (this.network, this.x, this.y) = (network, x, y);
        if (y.Length == 0)
        {
            network.Feedforward(x);
        }
        else
        {
            nabla = new ReferenceParameters(network.Sizes);
            Cost = network.Backpropagate(x, y, nabla);
        }
        var traces = new LayerTraces(model, network, y, asPrinted);
        (Layers, SmoothedY) = (traces.All(), traces.SmoothedY());
    }

    /// <summary>x: the example's inputs as the network gets them, scaled, [inputs].</summary>
    public IReadOnlyList<double> X => x;

    /// <summary>
    /// y: the desired outputs as the network learns them, [outputs]: one-hot, or standardized values; empty without a target.
    /// </summary>
    public IReadOnlyList<double> Y => y;

    /// <summary>
    /// y with its label smoothing, if the loss has any, [outputs]: what delta = a - y is computed from. Otherwise <see cref="Y"/>.
    /// </summary>
    public IReadOnlyList<double> SmoothedY { get; }

    /// <summary>The layers, from the inputs on.</summary>
    public IReadOnlyList<LayerTrace> Layers { get; }

    /// <summary>C, the cost of the example; null without a target.</summary>
    public double? Cost { get; }

    /// <summary>Takes one example through a network.</summary>
    /// <param name="model">A single network.</param>
    /// <param name="inputs">A table that has the example, not scaled.</param>
    /// <param name="row">The example's row.</param>
    /// <param name="target">What the network should predict; null to go forward only.</param>
    /// <param name="options">Other parameters, or the notebook's slip; null for neither.</param>
    /// <exception cref="ArgumentException">The features are not the model's, or the target is not of its kind.</exception>
    /// <exception cref="InvalidOperationException">The model is an ensemble: use one of its members.</exception>
    public static ExampleTrace Create(
        Model model, FeatureTable inputs, int row, ExampleTarget? target, TraceOptions? options = null)
    {
        if (inputs.Columns != model.Topology.Inputs(0) || inputs.IsBytes != model.TakesBytes)
        {
            throw new ArgumentException(
                $"The model takes {model.Topology.Inputs(0)} features, and the inputs are {inputs}.", nameof(inputs));
        }
        if (options?.Network is { } other && !other.Topology.Sizes.SequenceEqual(model.Topology.Sizes))
            throw new ArgumentException($"The model is {model.Topology}, and the network is {other.Topology}.", nameof(options));
        var scaled = new float[inputs.Columns];
        model.Preprocessing.Apply(inputs, [row], scaled);
        double[] y = target?.ToOutputs(model) ?? [];
        var right = ReferenceNetworks.Create(options?.Network ?? model.Network, model.Options.Loss!);
        bool asPrinted = options?.AsPrinted == true;
        return new ExampleTrace(
            model, asPrinted ? NotebookSlip.Apply(right, model) : right, [.. scaled.Select(value => (double)value)], y, asPrinted);
    }

    /// <summary>One unit with its inputs, weights and gradient.</summary>
    /// <param name="layer">l, counted from 0.</param>
    /// <param name="unit">j, counted from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such unit.</exception>
    public UnitTrace Unit(int layer, int unit)
    {
        RequireUnit(layer, unit);
        var trace = Layers[layer];
        lock (use)
        {
            double[] weights = network.Parameters.Weights(layer, unit).ToArray(), above = WeightsAbove(layer, unit);
            return new UnitTrace(
                layer, unit, trace.Inputs, weights, network.Parameters.Biases(layer)[unit], trace.Z[unit], trace.Outputs[unit],
                nabla is null ? null : trace.Delta[unit], nabla is null ? [] : nabla.Weights(layer, unit).ToArray(),
                nabla?.Biases(layer)[unit])
            {
                Products = [.. weights.Select((w, k) => w * trace.Inputs[k])],
                WeightsAbove = above,
                ErrorProducts = nabla is null ? [] : [.. above.Select((w, j) => w * Layers[layer + 1].Delta[j])],
            };
        }
    }

    /// <summary>One weight: its gradient by backpropagation and by central differences, and its value after a step.</summary>
    /// <param name="layer">l, counted from 0.</param>
    /// <param name="unit">j, the unit to which the weight belongs, counted from 0.</param>
    /// <param name="input">k, the input that it weighs, counted from 0; null for the bias.</param>
    /// <param name="learningRate">The step size.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such weight.</exception>
    /// <exception cref="InvalidOperationException">There is no target, and so no gradient.</exception>
    public ParameterTrace Parameter(int layer, int unit, int? input, double learningRate)
    {
        RequireUnit(layer, unit);
        if (input is { } k)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(k, nameof(input));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(k, network.Sizes[layer], nameof(input));
        }
        if (nabla is null)
            throw new InvalidOperationException("There is no gradient without a target.");
        int coordinate = input is { } number
            ? network.Parameters.WeightRange(layer).Start.Value + unit * network.Sizes[layer] + number
            : network.Parameters.BiasRange(layer).Start.Value + unit;
        lock (use)
        {
            double value = network.Parameters.All[coordinate], gradient = nabla.All[coordinate];
            var difference = new NumericalGradient(network).Derivative(x, y, l2: 0, coordinate);
            return new ParameterTrace(
                value, gradient, difference.Value, difference.OnKink, learningRate, value - learningRate * gradient)
            {
                Step = NumericalGradient.StepFor(value),
            };
        }
    }

    /// <summary>Compares the gradient with central differences, in each layer, weights and biases separately.</summary>
    /// <param name="perBlock">How many parameters of each block are compared, spread evenly, at least 1.</param>
    /// <exception cref="InvalidOperationException">There is no target, and so no gradient.</exception>
    public GradientComparison CheckGradient(int perBlock)
    {
        if (nabla is null)
            throw new InvalidOperationException("There is no gradient without a target.");
        lock (use)
            return GradientCheck.Run(network, x, y, GradientCheck.Spread(network.Parameters, perBlock));
    }

    /// <inheritdoc/>
    public override string ToString() => Cost is { } cost ? $"{network}, cost {cost}" : $"{network}, forward only";

    private double[] WeightsAbove(int layer, int unit) => layer == Layers.Count - 1
        ? []
        : [.. Enumerable.Range(0, network.Sizes[layer + 2]).Select(j => network.Parameters.Weights(layer + 1, j)[unit])];

    private void RequireUnit(int layer, int unit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(layer);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(layer, Layers.Count);
        ArgumentOutOfRangeException.ThrowIfNegative(unit);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(unit, Layers[layer].Units);
    }
}
