using Nabla.Reference;

namespace Nabla.Explain;

/// <summary>Reads the layers of a reference network after it has run an example.</summary>
/// <param name="model">The model that the network belongs to: its activations and its loss.</param>
/// <param name="network">The network, with z, a and delta of the example.</param>
/// <param name="y">The desired outputs; empty if the example was run forward only.</param>
/// <param name="asPrinted">Whether the network has the notebook's slip.</param>
internal sealed class LayerTraces(Model model, ReferenceNetwork network, double[] y, bool asPrinted)
{
    private bool HasTarget => y.Length > 0;

    /// <summary>All layers, from the inputs on.</summary>
    public LayerTrace[] All() => [.. Enumerable.Range(0, network.Layers).Select(Layer)];

    /// <summary>y with the label smoothing of the loss.</summary>
    public double[] SmoothedY()
    {
        int last = network.Layers - 1;
        if (!HasTarget || !model.Options.Loss!.IsCanonicalFor(model.Topology.OutputActivation))
            return y;
        // delta = a - y with a = 0 is -y, as the loss sees y.
        var delta = new double[y.Length];
        network.Cost.Delta(network.Z(last), new double[y.Length], y, delta);
        return [.. delta.Select(value => value == 0 ? 0 : -value)];
    }

    private LayerTrace Layer(int l)
    {
        double[] z = network.Z(l).ToArray(), a = network.A(l + 1).ToArray();
        var activation = model.Topology.Layers[l].Activation;
        var trace = new LayerTrace(
            l, activation.Name, network.A(l).ToArray(), z, a, HasTarget ? network.Delta(l).ToArray() : []);
        if (!SlopeRule.IsSlopeUsed(model, l))
            return trace;
        var rule = new SlopeRule(activation);
        double[] slopes = rule.Slopes(z, a);
        return trace with
        {
            OutputGradient = HasTarget ? OutputGradient(l, a) : [],
            Slopes = asPrinted ? SlopesAsPrinted(activation, z, a) : slopes,
            Flat = [.. Enumerable.Range(0, z.Length).Where(unit => rule.IsFlat(slopes[unit]))],
            IsBounded = rule.IsBounded,
        };
    }

    private double[] OutputGradient(int l, double[] a)
    {
        if (l == network.Layers - 1)
            return NotebookSlip.OutputGradient(model.Options.Loss!, a, y);
        // BP2: (w[l+1]^T delta[l+1])
        var sum = new double[a.Length];
        var delta = network.Delta(l + 1);
        for (int j = 0; j < delta.Length; j++)
        {
            var w = network.Parameters.Weights(l + 1, j);
            for (int k = 0; k < sum.Length; k++)
                sum[k] += w[k] * delta[j];
        }
        return sum;
    }

    private static double[] SlopesAsPrinted(Activation activation, double[] z, double[] a)
    {
        double[] slopes = [.. z.Select(_ => 1.0)];
        NotebookSlip.AtOutput(ReferenceActivation.Create(activation.Name, activation.ParameterValues)).TimesPrime(z, a, slopes);
        return slopes;
    }
}
