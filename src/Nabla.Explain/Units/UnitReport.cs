namespace Nabla.Explain;

/// <summary>How the units of a network answer to data. Immutable.</summary>
/// <param name="Layers">The layers, from the inputs on; the last one is the output layer.</param>
/// <param name="Used">Examples that were looked at.</param>
/// <param name="Rows">Examples of the data.</param>
public sealed record UnitReport(IReadOnlyList<LayerUnits> Layers, int Used, int Rows)
{
    /// <summary>The most examples that are looked at by default.</summary>
    public const int DefaultMost = 2000;

    // Activations of one layer, of all examples: 256 MB.
    private const int MostActivations = 1 << 26;

    /// <summary>Looks at the units of a network.</summary>
    /// <param name="model">A single network. Nothing may change it meanwhile.</param>
    /// <param name="inputs">[examples, features], not scaled. Rows are spread evenly if there are more than are used.</param>
    /// <param name="most">The most examples to use, at least 1; fewer if a layer is very wide.</param>
    /// <param name="cancellationToken">Ends the work after a layer.</param>
    /// <exception cref="InvalidOperationException">The model is an ensemble: look at each of its members.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static UnitReport Measure(
        Model model, FeatureTable inputs, int most = DefaultMost, CancellationToken cancellationToken = default)
    {
        int[] rows = RowSample.Spread(inputs.Rows, Math.Min(most, Math.Max(1, MostActivations / model.Topology.Sizes.Max())));
        var layers = new List<LayerUnits>();
        new LayerForward(model).Run(
            inputs, rows, (layer, z, a) => layers.Add(Measure(model, layer, z, a)), cancellationToken);
        return new UnitReport(layers, rows.Length, inputs.Rows);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{string.Join("; ", Layers)}; {Used} of {Rows} examples";

    private static LayerUnits Measure(Model model, int layer, ReadOnlySpan<float> z, ReadOnlySpan<float> a)
    {
        var activation = model.Topology.Layers[layer].Activation;
        int units = model.Topology.Outputs(layer), examples = z.Length / units;
        if (!SlopeRule.IsSlopeUsed(model, layer))
            return new LayerUnits(layer, activation.Name, units, [], [], null, Histogram.Create(a));
        var rule = new SlopeRule(activation);
        int[] flat = CountFlat(rule, units, z, a);
        var all = Enumerable.Range(0, units).ToArray();
        return new LayerUnits(
            layer, activation.Name, units, [.. all.Where(unit => examples > 0 && flat[unit] == examples)],
            rule.IsBounded
                ? [.. all.Where(unit => flat[unit] < examples && flat[unit] >= LayerUnits.SaturatedShare * examples)]
                : [],
            z.Length == 0 ? 0 : flat.Sum(count => (double)count) / z.Length, Histogram.Create(a));
    }

    /// <summary>For each unit, the number of examples whose slope is nearly 0.</summary>
    private static int[] CountFlat(SlopeRule rule, int units, ReadOnlySpan<float> z, ReadOnlySpan<float> a)
    {
        double[] zs = new double[units], exact = new double[units];
        var flat = new int[units];
        for (int start = 0; start < z.Length; start += units)
        {
            for (int unit = 0; unit < units; unit++)
                (zs[unit], exact[unit]) = (z[start + unit], a[start + unit]);
            double[] slopes = rule.Slopes(zs, exact);
            for (int unit = 0; unit < units; unit++)
                flat[unit] += rule.IsFlat(slopes[unit]) ? 1 : 0;
        }
        return flat;
    }
}
