using Nabla.Reference;

namespace Nabla.Kernels.Tests;

/// <summary>Compares each function with double precision, over floats from their whole range.</summary>
public class AccuracyTests
{
    [Fact]
    public void Exponential_is_within_one_unit_in_the_last_place() => Compare<Exponential>(Math.Exp, 1.0);

    [Fact]
    public void Logarithm_is_within_one_unit_in_the_last_place() => Compare<Logarithm>(Math.Log, 1.0);

    [Fact]
    public void Sigmoid_is_within_two_and_a_half_units_in_the_last_place() =>
        Compare<Sigmoid>(z => z < -40 ? Math.Exp(z) : 1 / (1 + Math.Exp(-z)), 2.5);

    [Fact]
    public void Hyperbolic_tangent_is_within_two_point_six_units_in_the_last_place() => Compare<HyperbolicTangent>(Math.Tanh, 2.6);

    [Fact]
    public void Exponential_minus_one_is_within_one_and_a_half_units_in_the_last_place() => Compare<ExponentialMinusOne>(
        x => Math.Abs(x) > 1 ? Math.Exp(x) - 1 : 2 * Math.Exp(x / 2) * Math.Sinh(x / 2), 1.5);

    [Fact]
    public void Normal_probability_is_within_three_point_six_units_in_the_last_place() => Compare<NormalProbability>(NormalInDouble, 3.6);

    [Fact]
    public void Sigmoid_is_monotonic()
    {
        float[] z = new float[400_000], a = new float[z.Length];
        // Neighbouring floats around the places where ulps and branches change.
        foreach (float start in new[] { -104f, -32.4f, -16.7f, -2f, -1.01f, -0.51f, -0.26f, 0.24f, 0.5f, 1f, 2f, 16f })
        {
            z[0] = start;
            for (int i = 1; i < z.Length; i++)
                z[i] = MathF.BitIncrement(z[i - 1]);
            Elementwise.Apply<Sigmoid>(z, a);
            for (int i = 1; i < z.Length; i++)
            {
                if (!(a[i] >= a[i - 1]))
                    Assert.Fail($"sigmoid({z[i]:R}) is less than sigmoid({z[i - 1]:R}).");
            }
        }
    }

    [Fact]
    public void Hyperbolic_tangent_is_odd_to_the_last_bit()
    {
        float[] z = Widths.Sweep(20_011), mirrored = [.. z.Select(x => -x)];
        Elementwise.Apply<HyperbolicTangent>(z, z);
        Elementwise.Apply<HyperbolicTangent>(mirrored, mirrored);
        Widths.AssertSameBits([.. z.Select(a => -a)], mirrored, "tanh(-z)");
    }

    // The reference has it in double precision, as GELU divided by z.
    private static double NormalInDouble(double z)
    {
        if (z == 0 || Math.Abs(z) > 40)
            return (1 + Math.Sign(z)) / 2.0;
        double[] a = [0];
        ReferenceActivation.Create("gelu").Apply([z], a);
        return a[0] / z;
    }

    private static void Compare<TOperation>(Func<double, double> exact, double tolerance) where TOperation : struct, IUnaryOperation
    {
        float[] x = [.. Widths.Sweep(1999), .. Widths.SpecialValues], actual = new float[x.Length];
        Elementwise.Apply<TOperation>(x, actual);
        for (int i = 0; i < x.Length; i++)
        {
            double error = Widths.ErrorInUlps(actual[i], exact(x[i]));
            if (!(error <= tolerance))
                Assert.Fail($"{typeof(TOperation).Name}({x[i]:R}) = {actual[i]:R}, off by {error:F3} ulp from {exact(x[i]):R}.");
        }
    }
}
