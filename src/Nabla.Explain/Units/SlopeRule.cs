using Nabla.Reference;

namespace Nabla.Explain;

/// <summary>When the slope f'(z) of an activation counts as flat: below 1 % of its steepest slope.</summary>
/// <param name="activation">An elementwise activation.</param>
internal sealed class SlopeRule(Activation activation)
{
    /// <summary>A slope below this share of the steepest one is flat.</summary>
    public const double FlatShare = 0.01;

    // Where an activation with a ceiling and a floor has reached both.
    private const double FarAway = 1e6, LargestBound = 100;

    // Where the steepest slope of an activation is looked for.
    private const double SteepestWithin = 4;
    private const int Steps = 800;

    private readonly ReferenceActivation reference = ReferenceActivation.Create(activation.Name, activation.ParameterValues);
    private readonly double limit = FlatShare * SteepestSlope(
        ReferenceActivation.Create(activation.Name, activation.ParameterValues));

    /// <summary>Whether f has a ceiling and a floor (sigmoid, tanh, softsign), so that flat units are saturated.</summary>
    public bool IsBounded
    {
        get
        {
            var ends = new double[2];
            reference.Apply([-FarAway, FarAway], ends);
            return Array.TrueForAll(ends, end => Math.Abs(end) <= LargestBound);
        }
    }

    /// <summary>
    /// Whether the error of a layer has the slope of its activation as a factor: not in an output layer whose loss has the error a - y.
    /// </summary>
    public static bool IsSlopeUsed(Model model, int layer)
    {
        var activation = model.Topology.Layers[layer].Activation;
        bool isOutput = layer == model.Topology.LayerCount - 1;
        return activation.IsElementwise
            && !(isOutput && model.Options.ResolveFor(model is Classifier).Loss!.IsCanonicalFor(activation));
    }

    /// <summary>f'(z) of each unit.</summary>
    public double[] Slopes(ReadOnlySpan<double> z, ReadOnlySpan<double> a)
    {
        var slopes = new double[z.Length];
        Array.Fill(slopes, 1.0);
        reference.TimesPrime(z, a, slopes);
        return slopes;
    }

    /// <summary>Whether a slope is flat.</summary>
    public bool IsFlat(double slope) => Math.Abs(slope) < limit;

    private static double SteepestSlope(ReferenceActivation activation)
    {
        double[] z = [.. Enumerable.Range(0, Steps + 1).Select(i => SteepestWithin * (2.0 * i / Steps - 1))];
        double[] a = new double[z.Length], slopes = [.. z.Select(_ => 1.0)];
        activation.Apply(z, a);
        activation.TimesPrime(z, a, slopes);
        return slopes.Max(Math.Abs);
    }
}
