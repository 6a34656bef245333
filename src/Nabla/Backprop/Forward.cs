using Nabla.Kernels;

namespace Nabla;

/// <summary>The way forward: z = w a + b, a = f(z), layer by layer. The last layer stops at z; its activation belongs to the loss.</summary>
internal static class Forward
{
    /// <summary>Passes some examples of a batch through the network.</summary>
    /// <param name="network">Read only.</param>
    /// <param name="hidden">The activation of all layers but the last.</param>
    /// <param name="team">The threads that share the products.</param>
    /// <param name="first">Has the inputs, and does the first layer's product.</param>
    /// <param name="start">The first of the examples.</param>
    /// <param name="count">At least 1.</param>
    /// <param name="workspace">Receives a of each hidden layer and z of the last.</param>
    public static void Pass(
        Network network, HiddenActivation hidden, ThreadTeam team, FirstLayer first, int start, int count, Workspace workspace)
    {
        var topology = network.Topology;
        for (int layer = 0; layer < topology.LayerCount; layer++)
        {
            int width = topology.Inputs(layer), outputs = topology.Outputs(layer);
            var z = workspace.Activations(layer, start, count);
            if (layer == 0)
            {
                first.Forward(team, start, count, z);
            }
            else
            {
                Gemm.MultiplyAddRow(
                    team, new ReadOnlyMatrix(workspace.Activations(layer - 1, start, count), count, width),
                    new ReadOnlyMatrix(network.Weights(layer), outputs, width).Transposed, network.Biases(layer), new Matrix(z, count, outputs));
            }
            if (layer < topology.LayerCount - 1)
                hidden.Apply(team, z);
        }
    }
}
