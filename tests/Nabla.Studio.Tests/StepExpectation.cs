using Nabla.Reference;

namespace Nabla.Studio.Tests;

/// <summary>What one example should give, by <c>Nabla.Reference</c> alone.</summary>
internal sealed class StepExpectation
{
    public StepExpectation(ReferenceNetwork network, IReadOnlyList<ReferenceActivation?> slopes, double[] x, double[] y)
    {
        (Network, X, Y) = (network, x, y);
        Nabla = new ReferenceParameters(network.Sizes);
        Cost = network.Backpropagate(x, y, Nabla);
        Slopes = [.. slopes.Select(Slope)];
    }

    public ReferenceNetwork Network { get; }

    public double[] X { get; }

    public double[] Y { get; }

    public ReferenceParameters Nabla { get; }

    public double Cost { get; }

    /// <summary>f'(z) of each layer; null where delta is a - y.</summary>
    public IReadOnlyList<double[]?> Slopes { get; }

    /// <summary>dC/da of a unit; outputs by the difference a - y of the quadratic loss.</summary>
    public double Gradient(int layer, int unit)
    {
        if (layer == Network.Layers - 1)
            return Network.A(layer + 1)[unit] - Y[unit];
        double sum = 0.0;
        for (int j = 0; j < Network.Sizes[layer + 2]; j++)
            sum += Network.Parameters.Weights(layer + 1, j)[unit] * Network.Delta(layer + 1)[j];
        return sum;
    }

    /// <summary>dC/dp by central differences with a step.</summary>
    public double Difference(Func<ReferenceParameters, double> get, Action<ReferenceParameters, double> set, double h)
    {
        double p = get(Network.Parameters);
        set(Network.Parameters, p + h);
        double above = Network.CostOf(X, Y);
        set(Network.Parameters, p - h);
        double below = Network.CostOf(X, Y);
        set(Network.Parameters, p);
        return (above - below) / (2 * h);
    }

    private double[]? Slope(ReferenceActivation? activation, int layer)
    {
        if (activation is null)
            return null;
        double[] slopes = [.. Enumerable.Repeat(1.0, Network.Sizes[layer + 1])];
        activation.TimesPrime(Network.Z(layer), Network.A(layer + 1), slopes);
        return slopes;
    }
}
