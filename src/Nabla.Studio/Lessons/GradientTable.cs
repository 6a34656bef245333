using Nabla.Reference;

namespace Nabla.Studio;

/// <summary>
/// The gradient of the notebook's network before any training, in double precision: with the derivative as printed, with the right one, and
/// by central differences.
/// </summary>
internal static class GradientTable
{
    private const int Examples = 5, Coordinates = 100;

    /// <summary>Computes the table for the first examples of some data.</summary>
    /// <param name="data">The data.</param>
    /// <param name="options">Layers, initial values and scaling.</param>
    public static GradientsMessage Compute(StudioData data, TrainingOptions options)
    {
        var model = Training.Begin(data.Train, options).Model;
        int inputs = data.Train.Inputs.Columns, classes = data.Train.Targets.Width;
        var scaled = new float[Examples * inputs];
        model.Preprocessing.Apply(data.Train.Inputs, [.. Enumerable.Range(0, Examples)], scaled);
        double[] xs = [.. scaled.Select(value => (double)value)], ys = new double[Examples * classes];
        for (int i = 0; i < Examples; i++)
            ys[i * classes + data.Train.Classes.Labels[i]] = 1;
        var printed = Compare(model.Network, ReferenceActivation.SigmoidAsPrinted, xs, ys);
        var right = Compare(model.Network, ReferenceActivation.Sigmoid, xs, ys);
        var rows = printed.Zip(right, (one, other) => new GradientRow(
            one.Layer, one.Name, one.BackpropagationNorm, other.BackpropagationNorm, other.NumericalNorm, one.RelativeError,
            other.RelativeError));
        return new GradientsMessage(string.Join("-", model.Topology.Sizes), Examples, [.. rows]);
    }

    private static IReadOnlyList<GradientBlock> Compare(Network network, ReferenceActivation activation, double[] xs, double[] ys)
    {
        var reference = new ReferenceNetwork(
            network.Topology.Sizes, activation, ReferenceCost.Create("quadratic", activation.Name));
        float[] parameters = network.Topology.ByNeuron(network.Parameters);
        for (int i = 0; i < parameters.Length; i++)
            reference.Parameters.All[i] = parameters[i];
        return GradientCheck.Run(reference, xs, ys, GradientCheck.Spread(reference.Parameters, Coordinates)).Blocks;
    }
}
