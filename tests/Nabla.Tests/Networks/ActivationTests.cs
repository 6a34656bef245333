using Nabla.Kernels;
using Nabla.Reference;

namespace Nabla.Tests;

/// <summary>What holds for every activation that works on each neuron by itself.</summary>
public class ActivationTests
{
    private static readonly float[] Inputs =
    [
        0f, -0f, 1e-30f, -1e-30f, 0.5f, -0.5f, 1f, -1f, 3.75f, -3.75f, 20f, -20f, 88f, -88f, 1e10f, -1e10f,
        .. Enumerable.Range(0, 1000).Select(i => (i - 500) / 41f),
    ];

    public static TheoryData<string> Names() => [.. Activation.Elementwise.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_and_derivatives_have_the_same_bits_at_every_width(string name)
    {
        var expected = At(name, KernelWidth.Scalar);
        foreach (var width in Enum.GetValues<KernelWidth>().Where(KernelChoice.IsSupported))
        {
            var (values, derivatives) = At(name, width);
            Assert.Equal(Bits(expected.Values), Bits(values));
            Assert.Equal(Bits(expected.Derivatives), Bits(derivatives));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_and_derivatives_are_those_of_the_reference(string name)
    {
        var reference = ReferenceActivation.Create(name, Activation.All.Get(name).ParameterValues);
        var (values, derivatives) = At(name, KernelChoice.Width);
        for (int i = 0; i < Inputs.Length; i++)
        {
            double[] a = [0], slope = [1];
            reference.Apply([Inputs[i]], a);
            reference.TimesPrime([Inputs[i]], a, slope);
            Assert.True(Near(a[0], values[i]), $"{name}({Inputs[i]}) is {a[0]}, not {values[i]}");
            Assert.True(Near(slope[0], derivatives[i]), $"{name}'({Inputs[i]}) is {slope[0]}, not {derivatives[i]}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_NaN_stays_one(string name)
    {
        float[] z = [1f, float.NaN, -1f];
        Activation.All.Get(name).Use(new Run(KernelChoice.Width, z, z, new float[3]));
        Assert.Equal([false, true, false], z.Select(float.IsNaN));
    }

    [Fact]
    public void Softmax_is_not_among_them() => Assert.Equal(Activation.All.Except(Activation.Elementwise), [Activation.Softmax]);

    // A derivative that is computed from a has no more digits than 1 - a.
    private static bool Near(double expected, float actual) =>
        Math.Abs(expected - actual) <= 1e-5 * Math.Abs(expected) + 2e-7;

    private static (float[] Values, float[] Derivatives) At(string name, KernelWidth width)
    {
        float[] values = new float[Inputs.Length], derivatives = new float[Inputs.Length];
        Activation.All.Get(name).Use(new Run(width, Inputs, values, derivatives));
        return (values, derivatives);
    }

    private static IEnumerable<int> Bits(float[] values) => values.Select(BitConverter.SingleToInt32Bits);

    private sealed class Run(KernelWidth width, float[] z, float[] a, float[] derivatives) : IActivationUser<bool>
    {
        public bool UseElementwise<TActivation>(TActivation function)
            where TActivation : struct, IActivation
        {
            Elementwise.Activate(width, function, z, a);
            float[] ones = [.. Enumerable.Repeat(1f, z.Length)];
            Elementwise.Backward(width, function, ones, z, a, derivatives);
            return true;
        }

        public bool UseSoftmax() => throw new InvalidOperationException();
    }
}
