using Nabla.Kernels;

namespace Nabla;

/// <summary>The way forward: z = w a + b, a = f(z), layer by layer. The last layer stops at z; its activation belongs to the loss.</summary>
internal static class Forward
{
    /// <summary>Passes a batch through the network.</summary>
    /// <param name="network">Read only.</param>
    /// <param name="hidden">The activation of all layers but the last.</param>
    /// <param name="team">The threads that share the products.</param>
    /// <param name="inputs">[examples, inputs].</param>
    /// <param name="examples">At least 1.</param>
    /// <param name="workspace">Receives a of each hidden layer and z of the last.</param>
    public static void Pass(
        Network network, HiddenActivation hidden, ThreadTeam team, ReadOnlySpan<float> inputs, int examples, Workspace workspace)
    {
        var topology = network.Topology;
        var below = inputs;
        for (int layer = 0; layer < topology.LayerCount; layer++)
        {
            int width = topology.Inputs(layer), outputs = topology.Outputs(layer);
            var z = workspace.Activations(layer, examples);
            Gemm.MultiplyAddRow(
                team, new ReadOnlyMatrix(below, examples, width), new ReadOnlyMatrix(network.Weights(layer), outputs, width).Transposed,
                network.Biases(layer), new Matrix(z, examples, outputs));
            if (layer < topology.LayerCount - 1)
                hidden.Apply(team, z);
            below = z;
        }
    }
}
