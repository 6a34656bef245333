using Nabla.Kernels;

namespace Nabla.Tests;

/// <summary>The bits of every elementwise activation and of its derivative. Runs at each instruction-set level too.</summary>
public class ActivationBitsTests
{
    // Of values over a sweep of all floats, and of derivatives over normal deviates.
    private static readonly PinnedDigests Digests = new("ActivationBitsTests.txt");

    public static TheoryData<string> Names => [.. Activation.Elementwise.Names];

    [Theory, MemberData(nameof(Names))]
    public void Values_and_derivatives_keep_their_bits(string name)
    {
        var (values, derivatives) = Activation.All.Get(name).Use(new Hashes());
        Digests.Check($"{name} values", values);
        Digests.Check($"{name} derivatives", derivatives);
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
