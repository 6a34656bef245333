namespace Nabla.Reference.Tests;

/// <summary>Properties of the notebook's wrong derivative, as docs/notebook.md describes them.</summary>
public class NotebookSlipTests
{
    private const int Examples = 3;

    [Fact]
    public void It_never_saturates_where_the_right_derivative_does()
    {
        double[] z = [-40.0, -5.0, -1.0, 0.0, 1.0, 5.0, 40.0];
        double[] printed = Primes(ReferenceActivation.SigmoidAsPrinted, z), right = Primes(ReferenceActivation.Sigmoid, z);
        // From sigmoid'(0) = 1/4 where a = 0 down to sigmoid'(1) where a = 1.
        Assert.All(printed, prime => Assert.InRange(prime, 0.1966, 0.25));
        Assert.Equal(0.25, right[3]);
        Assert.InRange(right[0], 0.0, 1e-17);
        Assert.InRange(right[^1], 0.0, 1e-17);
    }

    [Fact]
    public void At_the_output_it_is_nearly_a_quarter_of_the_error_of_cross_entropy()
    {
        double[] z = [-6.0, -2.0, 0.5, 3.0, 8.0], a = new double[5], y = [1.0, 0.0, 0.0, 1.0, 0.0];
        ReferenceActivation.Sigmoid.Apply(z, a);
        double[] printed = new double[5], crossEntropy = new double[5];
        new QuadraticCost(ReferenceActivation.SigmoidAsPrinted).Delta(z, a, y, printed);
        new SigmoidCrossEntropyCost().Delta(z, a, y, crossEntropy);
        for (int j = 0; j < 5; j++)
            Assert.InRange(printed[j] / crossEntropy[j], 0.1966, 0.25);
    }

    // A field is the gradient of some cost only if its matrix of derivatives is symmetric (as second derivatives are).
    [Fact]
    public void Through_a_hidden_layer_it_is_the_gradient_of_no_cost_at_all()
    {
        Assert.InRange(Asymmetry(ReferenceActivation.SigmoidAsPrinted, [3, 4, 2]), 0.05, 1.0);
        Assert.InRange(Asymmetry(ReferenceActivation.Sigmoid, [3, 4, 2]), 0.0, 1e-8);
    }

    [Fact]
    public void Without_a_hidden_layer_it_is_the_gradient_of_another_cost()
    {
        Assert.InRange(Asymmetry(ReferenceActivation.SigmoidAsPrinted, [3, 2]), 0.0, 1e-8);
        var cost = new QuadraticCost(ReferenceActivation.SigmoidAsPrinted);
        ReferenceNetwork network = RandomNetworks.Make([3, 2], ReferenceActivation.Sigmoid, cost, seed: 5);
        (double[] xs, double[] ys) = RandomNetworks.Batch(network, Examples, seed: 6);
        Assert.False(GradientCheck.Run(network, xs, ys).Passed);
    }

    private static double[] Primes(ReferenceActivation activation, double[] z)
    {
        double[] a = new double[z.Length], prime = [.. z.Select(_ => 1.0)];
        activation.Apply(z, a);
        activation.TimesPrime(z, a, prime);
        return prime;
    }

    // |J - J^T| / |J + J^T|, where J[i, k] is the derivative of component i of the printed direction by parameter k.
    private static double Asymmetry(ReferenceActivation activation, int[] sizes)
    {
        const double h = 6e-6;
        ReferenceNetwork network = RandomNetworks.Make(sizes, activation, new QuadraticCost(activation), seed: 5);
        (double[] xs, double[] ys) = RandomNetworks.Batch(network, Examples, seed: 6);
        int count = network.Parameters.Count;
        var columns = new double[count][];
        for (int k = 0; k < count; k++)
        {
            double p = network.Parameters.All[k];
            double[] above = Direction(network, xs, ys, k, p + h), below = Direction(network, xs, ys, k, p - h);
            network.Parameters.All[k] = p;
            columns[k] = [.. above.Zip(below, (one, other) => (one - other) / (2 * h))];
        }
        double difference = 0.0, sum = 0.0;
        for (int i = 0; i < count; i++)
        {
            for (int k = 0; k < count; k++)
            {
                difference += Math.Pow(columns[k][i] - columns[i][k], 2);
                sum += Math.Pow(columns[k][i] + columns[i][k], 2);
            }
        }
        return Math.Sqrt(difference / sum);
    }

    private static double[] Direction(ReferenceNetwork network, double[] xs, double[] ys, int coordinate, double value)
    {
        network.Parameters.All[coordinate] = value;
        var nabla = new ReferenceParameters(network.Sizes);
        MiniBatch.SumGradient(network, xs, ys, 0.0, nabla);
        return nabla.All.ToArray();
    }
}
