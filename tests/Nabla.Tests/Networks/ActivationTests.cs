using Nabla.Kernels;
using Nabla.Reference;

namespace Nabla.Tests;

/// <summary>What holds for every elementwise activation.</summary>
public class ActivationTests
{
    private static readonly float[] Inputs =
    [
        0f, -0f, 1e-30f, -1e-30f, 0.5f, -0.5f, 1f, -1f, 3.75f, -3.75f, 20f, -20f, 88f, -88f, 1e10f, -1e10f, 1e30f, -1e30f,
        .. Enumerable.Range(0, 1000).Select(i => (i - 500) / 41f),
    ];

    // Each with its default parameters, and with others if it has some; by what it prints.
    private static readonly Dictionary<string, Activation> Kinds =
        Activation.Elementwise.SelectMany(kind => new[] { kind, WithOtherParameters(kind) }).Distinct().ToDictionary(kind => $"{kind}");

    public static TheoryData<string> Names => [.. Kinds.Keys];

    public static TheoryData<string> NamesOfTrueDerivatives =>
        [.. Kinds.Where(kind => kind.Value.HasTrueDerivative).Select(kind => kind.Key)];

    [Theory, MemberData(nameof(Names))]
    public void Values_and_derivatives_are_those_of_the_reference(string name)
    {
        var reference = Reference(name);
        var (values, derivatives) = Compute(name, Inputs);
        for (int i = 0; i < Inputs.Length; i++)
        {
            double[] a = [0], slope = [1];
            reference.Apply([Inputs[i]], a);
            reference.TimesPrime([Inputs[i]], a, slope);
            Assert.True(Near(a[0], values[i]), $"{name}({Inputs[i]}) is {a[0]}, not {values[i]}");
            Assert.True(Near(slope[0], derivatives[i]), $"{name}'({Inputs[i]}) is {slope[0]}, not {derivatives[i]}");
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Values_are_within_three_point_six_units_in_the_last_place_over_all_floats(string name)
    {
        float[] z = [.. Widths.Sweep(9973), .. Widths.SpecialValues];
        var (values, _) = Compute(name, z);
        var exact = new double[z.Length];
        Reference(name).Apply([.. z.Select(value => (double)value)], exact);
        for (int i = 0; i < z.Length; i++)
        {
            double error = Widths.ErrorInUlps(values[i], exact[i]);
            if (!(error <= 3.6))
                Assert.Fail($"{name}({z[i]:R}) = {values[i]:R}, off by {error:F3} ulp from {exact[i]:R}.");
        }
    }

    [Theory, MemberData(nameof(NamesOfTrueDerivatives))]
    public void Derivatives_are_the_central_differences_of_the_values(string name)
    {
        const double Step = 1e-6;
        var reference = Reference(name);
        float[] z = [-9.5f, -3f, -1f, -0.25f, -0.001f, 0.002f, 0.3f, 1f, 2.5f, 8f];
        z = [.. z.Where(value => reference.Kinks.All(kink => Math.Abs(value - kink) > 2 * Step))];
        double[] above = [.. z.Select(value => value + Step)], below = [.. z.Select(value => value - Step)];
        reference.Apply(above, above);
        reference.Apply(below, below);
        var (_, derivatives) = Compute(name, z);
        for (int i = 0; i < z.Length; i++)
        {
            double difference = (above[i] - below[i]) / (2 * Step);
            Assert.Equal(difference, derivatives[i], 1e-6 * Math.Max(1, Math.Abs(difference)));
        }
    }

    // A derivative such as 1 + a would have no digit left there.
    [Theory]
    [InlineData("elu"), InlineData("selu"), InlineData("gelu"), InlineData("silu"), InlineData("mish"), InlineData("softplus")]
    [InlineData("exponential")]
    public void Next_to_zero_derivatives_have_all_their_digits(string name)
    {
        float[] z = [.. Enumerable.Range(0, 1000).Select(i => -3 - i / 100f)];
        var (_, derivatives) = Compute(name, z);
        for (int i = 0; i < z.Length; i++)
        {
            double[] a = [0], slope = [1];
            Reference(name).Apply([z[i]], a);
            Reference(name).TimesPrime([z[i]], a, slope);
            Assert.Equal(1, derivatives[i] / slope[0], 1e-6);
        }
    }

    // From the ranges and signs of the functions themselves, for products of infinity and 0.
    [Theory, MemberData(nameof(Names))]
    public void Nothing_but_NaN_gives_NaN(string name)
    {
        var (values, derivatives) = Compute(name, [.. Widths.Sweep(99_991), .. Widths.SpecialValues, .. Inputs]);
        float[] z = [.. Widths.Sweep(99_991), .. Widths.SpecialValues, .. Inputs];
        for (int i = 0; i < z.Length; i++)
            Assert.False(!float.IsNaN(z[i]) && (float.IsNaN(values[i]) || float.IsNaN(derivatives[i])), $"{name}({z[i]}) is not a number.");
    }

    [Fact]
    public void The_printed_derivative_is_the_sigmoids_at_a_instead_of_z()
    {
        float[] z = [-2f, 0f, 0.75f];
        var (a, derivatives) = Compute(Activation.SigmoidAsPrinted.Name, z);
        Assert.Equal(Compute(Activation.Sigmoid.Name, z).Values, a);
        Assert.Equal(Compute(Activation.Sigmoid.Name, a).Derivatives, derivatives);
        double s = 1 / (1 + Math.Exp(-a[2]));
        Assert.Equal(s * (1 - s), derivatives[2], 1e-7);
    }

    // At infinity and at zero, where a product with 0 or a difference of infinities would give NaN.
    [Theory]
    [InlineData("sigmoid", new[] { 0f, 0.5f, 0.5f, 1f }, new[] { 0f, 0.25f, 0.25f, 0f })]
    [InlineData("sigmoid-as-printed", new[] { 0f, 0.5f, 0.5f, 1f }, new[] { 0.25f, 0.23500371f, 0.23500371f, 0.19661193f })]
    [InlineData("tanh", new[] { -1f, -0f, 0f, 1f }, new[] { 0f, 1f, 1f, 0f })]
    [InlineData("relu", new[] { 0f, 0f, 0f, float.PositiveInfinity }, new[] { 0f, 0f, 0f, 1f })]
    [InlineData("identity", new[] { float.NegativeInfinity, -0f, 0f, float.PositiveInfinity }, new[] { 1f, 1f, 1f, 1f })]
    [InlineData("softsign", new[] { -1f, -0f, 0f, 1f }, new[] { 0f, 1f, 1f, 0f })]
    [InlineData(
        "leaky-relu", new[] { float.NegativeInfinity, -0f, 0f, float.PositiveInfinity }, new[] { 0.01f, 0.01f, 0.01f, 1f })]
    [InlineData("elu", new[] { -1f, -0f, 0f, float.PositiveInfinity }, new[] { 0f, 1f, 1f, 1f })]
    [InlineData("selu", new[] { -1.7580993f, -0f, 0f, float.PositiveInfinity }, new[] { 0f, 1.7580993f, 1.7580993f, 1.050701f })]
    [InlineData("gelu", new[] { 0f, -0f, 0f, float.PositiveInfinity }, new[] { 0f, 0.5f, 0.5f, 1f })]
    [InlineData("silu", new[] { -0f, -0f, 0f, float.PositiveInfinity }, new[] { -0f, 0.5f, 0.5f, 1f })]
    [InlineData("mish", new[] { -0f, -0f, 0f, float.PositiveInfinity }, new[] { -0f, 0.6f, 0.6f, 1f })]
    [InlineData("softplus", new[] { 0f, 0.6931472f, 0.6931472f, float.PositiveInfinity }, new[] { 0f, 0.5f, 0.5f, 1f })]
    [InlineData(
        "exponential", new[] { 0f, 1f, 1f, float.PositiveInfinity }, new[] { 0f, 1f, 1f, float.PositiveInfinity })]
    public void Special_values_have_their_limits(string name, float[] expectedValues, float[] expectedDerivatives)
    {
        var (values, derivatives) = Compute(name, [float.NegativeInfinity, -0f, 0f, float.PositiveInfinity]);
        Assert.Equal(expectedValues, values);
        Assert.Equal(expectedDerivatives, derivatives);
    }

    [Theory, MemberData(nameof(Names))]
    public void NaN_stays_NaN(string name) =>
        Assert.Equal([false, true, false], Compute(name, [1f, float.NaN, -1f]).Values.Select(float.IsNaN));

    [Fact]
    public void Softmax_is_not_elementwise() => Assert.Equal(Activation.All.Except(Activation.Elementwise), [Activation.Softmax]);

    // A derivative that is computed from a has no more digits than 1 - a.
    private static bool Near(double expected, float actual) =>
        (float)expected == actual || Math.Abs(expected - actual) <= 1e-5 * Math.Abs(expected) + 2e-7;

    private static Activation WithOtherParameters(Activation kind) =>
        kind.Parameters.Aggregate(kind, (changed, parameter) => parameter.With(changed, 0.75f * parameter.ValueOf(kind)));

    private static Activation Kind(string name) => Kinds.TryGetValue(name, out var kind) ? kind : Activation.All.Get(name);

    private static ReferenceActivation Reference(string name) => ReferenceActivation.Create(Kind(name).Name, Kind(name).ParameterValues);

    private static (float[] Values, float[] Derivatives) Compute(string name, float[] z) =>
        Kind(name).Use(new Computation(z));

    private sealed class Computation(float[] z) : IActivationUser<(float[] Values, float[] Derivatives)>
    {
        public (float[] Values, float[] Derivatives) UseElementwise<TActivation>(TActivation function)
            where TActivation : struct, IActivation
        {
            float[] values = new float[z.Length], derivatives = new float[z.Length];
            Elementwise.Activate(function, z, values);
            float[] ones = [.. Enumerable.Repeat(1f, z.Length)];
            Elementwise.Backward(function, ones, TActivation.DerivativeNeedsInput ? z : [], values, derivatives);
            return (values, derivatives);
        }

        public (float[] Values, float[] Derivatives) UseSoftmax() => throw new InvalidOperationException();
    }
}
