using Nabla.Reference;

namespace Nabla.Explain;

/// <summary>The notebook's slip in any network: the slope of each activation is taken at a instead of at z.</summary>
internal static class NotebookSlip
{
    /// <summary>The same network with the slip.</summary>
    /// <param name="right">The network without it.</param>
    /// <param name="model">Its output activation and loss.</param>
    public static ReferenceNetwork Apply(ReferenceNetwork right, Model model)
    {
        var loss = model.Options.Loss!;
        var output = model.Topology.OutputActivation;
        var wrong = new ReferenceNetwork(
            right.Sizes, [.. right.HiddenActivations.Select(AtOutput)],
            loss.IsCanonicalFor(output)
                ? right.Cost
                : new SlippedCost(
                    right.Cost, ReferenceCost.Create(loss.Name, "identity", loss.ParameterValues),
                    AtOutput(ReferenceActivation.Create(output.Name, output.ParameterValues))));
        wrong.Parameters.CopyFrom(right.Parameters.All);
        return wrong;
    }

    /// <summary>dC/da of the outputs, for a loss of the differences a - y.</summary>
    public static double[] OutputGradient(Loss loss, ReadOnlySpan<double> a, ReadOnlySpan<double> y)
    {
        var gradient = new double[a.Length];
        ReferenceCost.Create(loss.Name, "identity", loss.ParameterValues).Delta(a, a, y, gradient);
        return gradient;
    }

    /// <summary>An activation with its slope at a. The sigmoid as printed has the slip already.</summary>
    public static ReferenceActivation AtOutput(ReferenceActivation activation) =>
        activation.Name == ReferenceActivation.SigmoidAsPrinted.Name ? activation : new SlippedActivation(activation);

    private sealed class SlippedActivation(ReferenceActivation right)
        : ReferenceActivation($"{right.Name}, slope at a", right.Kinks)
    {
        public override void Apply(ReadOnlySpan<double> z, Span<double> a) => right.Apply(z, a);

        public override void TimesPrime(ReadOnlySpan<double> z, ReadOnlySpan<double> a, Span<double> delta)
        {
            // a takes the place of z, and f(a) that of a.
            var twice = new double[a.Length];
            right.Apply(a, twice);
            right.TimesPrime(a, twice, delta);
        }
    }

    /// <param name="right">The cost without the slip.</param>
    /// <param name="ofOutputs">The same loss of the outputs themselves: its delta is dC/da.</param>
    /// <param name="output">The output activation with the slip.</param>
    private sealed class SlippedCost(ReferenceCost right, ReferenceCost ofOutputs, ReferenceActivation output)
        : ReferenceCost($"{right.Name}, slope at a", right.Kinks, right.HasKinkAtTarget)
    {
        public override void Output(ReadOnlySpan<double> z, Span<double> a) => right.Output(z, a);

        public override double Value(ReadOnlySpan<double> z, ReadOnlySpan<double> a, ReadOnlySpan<double> y) => right.Value(z, a, y);

        public override void Delta(ReadOnlySpan<double> z, ReadOnlySpan<double> a, ReadOnlySpan<double> y, Span<double> delta)
        {
            ofOutputs.Delta(a, a, y, delta);
            output.TimesPrime(z, a, delta);
        }
    }
}
