using Nabla.Kernels;

namespace Nabla.Tests;

/// <summary>The bits of every elementwise activation and of its derivative. Runs at each instruction-set level too.</summary>
public class ActivationBitsTests
{
    // Of values over a sweep of all floats, and of derivatives over normal deviates.
    private static readonly Dictionary<string, (string Values, string Derivatives)> Pinned = new(StringComparer.Ordinal)
    {
        ["sigmoid"] = ("92a8ad7665c570b5", "24ba7033c8fb2ab0"),
        ["tanh"] = ("ed9da16ebb4d945c", "6ddcb8c6e2b56a9b"),
        ["relu"] = ("7e5f6cf7a8eff9cf", "14fa564f15505fe4"),
        ["identity"] = ("3d6dddb8b930a8ac", "d4c33722ca956d09"),
        ["softsign"] = ("50a2689e29627d4a", "05e1fa500aa5b5a8"),
        ["leaky-relu"] = ("d04f2b03fa78f690", "6260cf31cfd5f5c2"),
        ["elu"] = ("ee6fcd0449da2bd3", "a8cbcce39b1c9082"),
        ["selu"] = ("950543e60960b64a", "f528495939a3a683"),
        ["gelu"] = ("ad8f426be1dc997a", "90affe9d2a2fc984"),
        ["silu"] = ("d29c33df57536369", "317fd9e183e4982e"),
        ["mish"] = ("d8b8b6933855538d", "13279bc0b0b934a8"),
        ["softplus"] = ("4bfd80d5e7602f8b", "c8e8eec8abbc49bf"),
        ["exponential"] = ("87b7a58ae1859382", "faa657f91a4ab53f"),
        ["sigmoid-as-printed"] = ("92a8ad7665c570b5", "50eae90ceabe7d24"),
    };

    public static TheoryData<string> Names => [.. Activation.Elementwise.Names];

    [Theory, MemberData(nameof(Names))]
    public void Values_and_derivatives_keep_their_bits(string name)
    {
        var actual = Activation.All.Get(name).Use(new Hashes());
        Assert.True(
            Pinned.TryGetValue(name, out var expected) && actual == expected,
            $"Expected {expected}. If the bits are meant to be new, pin [\"{name}\"] = (\"{actual.Values}\", \"{actual.Derivatives}\").");
    }

    [Theory, MemberData(nameof(Names))]
    public void They_are_the_same_at_every_width_length_and_offset(string name) =>
        Activation.All.Get(name).Use(new ComparisonOfWidths(name));

    private sealed class Hashes : IActivationUser<(string Values, string Derivatives)>
    {
        public (string Values, string Derivatives) UseElementwise<TActivation>(TActivation function)
            where TActivation : struct, IActivation
        {
            float[] values = [.. Widths.Sweep(9973), .. Widths.SpecialValues];
            Elementwise.Activate(function, values, values);
            float[] z = Widths.Scores(100_000), a = new float[z.Length], derivatives = new float[z.Length];
            Elementwise.Activate(function, z, a);
            Elementwise.Backward(function, z, TActivation.DerivativeNeedsInput ? z : [], a, derivatives);
            return (Widths.Hash(values), Widths.Hash(derivatives));
        }

        public (string Values, string Derivatives) UseSoftmax() => throw new InvalidOperationException();
    }

    private sealed class ComparisonOfWidths(string name) : IActivationUser<bool>
    {
        public bool UseElementwise<TActivation>(TActivation function)
            where TActivation : struct, IActivation
        {
            Widths.CompareAtEachLengthAndOffset((width, z, _, _, a) => Elementwise.Activate(width, function, z, a), name);
            Widths.CompareAtEachLengthAndOffset(
                (width, upstream, a, z, delta) => Elementwise.Backward(width, function, upstream, z, a, delta), $"derivative of {name}");
            return true;
        }

        public bool UseSoftmax() => throw new InvalidOperationException();
    }
}
