namespace Nabla.Reference.Tests;

/// <summary>Activations and costs from outside the library: the gradient check accepts right ones and rejects wrong ones.</summary>
public class CustomFunctionTests
{
    private static double Softplus(double z) => Math.Max(z, 0.0) + Math.Log(1.0 + Math.Exp(-Math.Abs(z)));

    private static double Logistic(double z) => 1.0 / (1.0 + Math.Exp(-z));

    [Fact]
    public void A_right_activation_made_of_two_functions_passes()
    {
        ReferenceActivation softplus = ReferenceActivation.FromFunctions("softplus", Softplus, Logistic);
        Assert.Equal("softplus", softplus.Name);
        Assert.Empty(softplus.Kinks);
        AssertPasses(Check(softplus, new SoftmaxCrossEntropyCost()));
        AssertPasses(Check(ReferenceActivation.Tanh, new QuadraticCost(softplus)));
    }

    [Fact]
    public void An_activation_with_the_wrong_sign_or_without_a_factor_fails()
    {
        AssertFailsBelowTheOutput(Check(
            ReferenceActivation.FromFunctions("softplus", Softplus, z => -Logistic(z)), new SoftmaxCrossEntropyCost()));
        AssertFailsBelowTheOutput(Check(
            ReferenceActivation.FromFunctions("doubled", z => Math.Tanh(2.0 * z), z => 1.0 - Math.Pow(Math.Tanh(2.0 * z), 2)),
            new SoftmaxCrossEntropyCost()));
    }

    [Fact]
    public void A_right_cost_made_of_two_functions_passes()
    {
        foreach (ReferenceActivation output in ReferenceActivation.All)
        {
            ReferenceCost cost = ReferenceCost.FromFunctions("log-cosh", output, LogCosh, LogCoshDerivative);
            Assert.Equal(($"log-cosh of {output.Name}", output.Kinks), (cost.Name, cost.Kinks));
            AssertPasses(Check(ReferenceActivation.Tanh, cost));
        }
    }

    [Fact]
    public void A_cost_with_the_wrong_sign_or_without_a_factor_fails()
    {
        ReferenceCost wrongSign = ReferenceCost.FromFunctions(
            "log-cosh", ReferenceActivation.Sigmoid, LogCosh, static (a, y, derivative) => LogCoshDerivative(y, a, derivative));
        ReferenceCost withoutFactor = ReferenceCost.FromFunctions(
            "twice the quadratic", ReferenceActivation.Sigmoid, SumOfSquares,
            static (a, y, derivative) =>
            {
                for (int j = 0; j < a.Length; j++)
                    derivative[j] = a[j] - y[j]; // 2 (a - y) is right
            });
        foreach (ReferenceCost wrong in (ReferenceCost[])[wrongSign, withoutFactor])
        {
            GradientComparison comparison = Check(ReferenceActivation.Tanh, wrong);
            Assert.All(comparison.Blocks, block => Assert.False(block.Passes(comparison.Tolerance), comparison.ToString()));
        }
    }

    [Fact]
    public void A_derived_activation_and_a_derived_cost_pass() => AssertPasses(Check(new Swish(), new MeanOfSquares()));

    [Fact]
    public void A_kink_is_known_only_if_it_is_declared()
    {
        // z = 0 exactly, then z = 3: a step of either parameter of layer 0 crosses that kink and no other.
        foreach ((double bias, double[] kinks, bool crossed) in ((double, double[], bool)[])
            [(-2.0, [0.0], true), (-2.0, [], false), (-2.0, [3.0], false), (1.0, [0.0, 3.0], true), (1.0, [0.0], false)])
        {
            var clipped = ReferenceActivation.FromFunctions(
                "clipped", z => Math.Clamp(z, 0.0, 3.0), z => z is > 0.0 and < 3.0 ? 1.0 : 0.0, kinks);
            var network = new ReferenceNetwork([1, 1, 1], clipped, new QuadraticCost(ReferenceActivation.Identity));
            network.Parameters.CopyFrom([1.0, 1.0, bias, 0.0]);
            Assert.Equal(kinks, network.Kinks(0));
            Assert.Empty(network.Kinks(1));
            Assert.Equal(crossed, new NumericalGradient(network).Derivative([2.0], [1.0], 0.0, 0).OnKink);
        }
    }

    [Fact]
    public void A_kink_of_a_cost_is_known_only_if_it_is_declared()
    {
        foreach (bool declared in (bool[])[true, false])
        {
            ReferenceCost cost = ReferenceCost.FromFunctions(
                "distance", ReferenceActivation.Identity, static (a, y) => Math.Abs(a[0] - y[0]),
                static (a, y, derivative) => derivative[0] = Math.Sign(a[0] - y[0]), hasKinkAtTarget: declared);
            var network = new ReferenceNetwork([1, 1], ReferenceActivation.Tanh, cost);
            network.Parameters.CopyFrom([3.0, -2.0]);
            Assert.Equal(declared, new NumericalGradient(network).Derivative([2.0], [4.0], 0.0, 0).OnKink);
        }
    }

    private static GradientComparison Check(ReferenceActivation hidden, ReferenceCost cost)
    {
        ReferenceNetwork network = RandomNetworks.Make([6, 5, 4, 3], hidden, cost, seed: 11);
        (double[] xs, double[] ys) = RandomNetworks.Batch(network, examples: 4, seed: 12);
        return GradientCheck.Run(network, xs, ys);
    }

    private static void AssertPasses(GradientComparison comparison) => Assert.True(comparison.Passed, comparison.ToString());

    // Layer 1 is the last hidden one. In layer 0 two wrong signs cancel.
    private static void AssertFailsBelowTheOutput(GradientComparison comparison)
    {
        Assert.All(
            comparison.Blocks.Where(block => block.Layer > 0),
            block => Assert.Equal(block.Layer == 2, block.Passes(comparison.Tolerance)));
        Assert.False(comparison.Passed);
    }

    private static double LogCosh(ReadOnlySpan<double> a, ReadOnlySpan<double> y)
    {
        double sum = 0.0;
        for (int j = 0; j < a.Length; j++)
            sum += Math.Log(Math.Cosh(a[j] - y[j]));
        return sum;
    }

    private static void LogCoshDerivative(ReadOnlySpan<double> a, ReadOnlySpan<double> y, Span<double> derivative)
    {
        for (int j = 0; j < a.Length; j++)
            derivative[j] = Math.Tanh(a[j] - y[j]);
    }

    private static double SumOfSquares(ReadOnlySpan<double> a, ReadOnlySpan<double> y)
    {
        double sum = 0.0;
        for (int j = 0; j < a.Length; j++)
            sum += (a[j] - y[j]) * (a[j] - y[j]);
        return sum;
    }

    /// <summary>z sigmoid(z), whose derivative needs z as well as a.</summary>
    private sealed class Swish() : ReferenceActivation("swish")
    {
        public override void Apply(ReadOnlySpan<double> z, Span<double> a)
        {
            for (int j = 0; j < z.Length; j++)
                a[j] = z[j] * Logistic(z[j]);
        }

        public override void TimesPrime(ReadOnlySpan<double> z, ReadOnlySpan<double> a, Span<double> delta)
        {
            for (int j = 0; j < z.Length; j++)
                delta[j] *= a[j] + Logistic(z[j]) * (1.0 - a[j]);
        }
    }

    /// <summary>The mean square of a - y with a = z.</summary>
    private sealed class MeanOfSquares() : ReferenceCost("mean square of identity")
    {
        public override void Output(ReadOnlySpan<double> z, Span<double> a) => z.CopyTo(a);

        public override double Value(ReadOnlySpan<double> z, ReadOnlySpan<double> a, ReadOnlySpan<double> y) =>
            SumOfSquares(a, y) / a.Length;

        public override void Delta(ReadOnlySpan<double> z, ReadOnlySpan<double> a, ReadOnlySpan<double> y, Span<double> delta)
        {
            for (int j = 0; j < a.Length; j++)
                delta[j] = 2.0 * (a[j] - y[j]) / a.Length;
        }
    }
}
