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
    public void The_printed_sigmoid_is_the_sigmoid() =>
        CompareValue(default(SigmoidAsPrinted), z => z < -40 ? Math.Exp(z) : 1 / (1 + Math.Exp(-z)), 2.5);

    [Fact]
    public void Hyperbolic_tangent_is_within_two_point_six_units_in_the_last_place() => Compare<HyperbolicTangent>(Math.Tanh, 2.6);

    [Fact]
    public void Rectifier_is_exact() => CompareValue(default(Rectifier), z => z < 0 ? 0 : z, 0);

    [Fact]
    public void Identity_is_exact() => CompareValue(default(Identity), z => z, 0);

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

    private static void Compare<TOperation>(Func<double, double> exact, double tolerance) where TOperation : struct, IUnaryOperation =>
        Compare((x, actual) => Elementwise.Apply<TOperation>(x, actual), typeof(TOperation).Name, exact, tolerance);

    private static void CompareValue<TActivation>(TActivation f, Func<double, double> exact, double tolerance)
        where TActivation : struct, IActivation =>
        Compare((z, actual) => Elementwise.Activate(f, z, actual), typeof(TActivation).Name, exact, tolerance);

    private static void Compare(Action<float[], float[]> apply, string name, Func<double, double> exact, double tolerance)
    {
        float[] x = [.. Widths.Sweep(1999), .. Widths.SpecialValues], actual = new float[x.Length];
        apply(x, actual);
        for (int i = 0; i < x.Length; i++)
        {
            double error = ErrorInUlps(actual[i], exact(x[i]));
            if (!(error <= tolerance))
                Assert.Fail($"{name}({x[i]:R}) = {actual[i]:R}, off by {error:F3} ulp from {exact(x[i]):R}.");
        }
    }

    private static double ErrorInUlps(float actual, double exact)
    {
        if (double.IsNaN(exact) || float.IsNaN(actual))
            return double.IsNaN(exact) == float.IsNaN(actual) ? 0 : double.PositiveInfinity;
        if (float.IsInfinity((float)exact) || float.IsInfinity(actual))
            return (float)exact == actual ? 0 : double.PositiveInfinity;
        int exponent = exact == 0 ? -126 : Math.Max(Math.ILogB(exact), -126);
        return Math.Abs(actual - exact) / Math.ScaleB(1, exponent - 23);
    }
}
