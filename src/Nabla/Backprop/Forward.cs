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
        for (int layer = 0; layer < network.Topology.LayerCount; layer++)
            PassLayer(network, hidden, team, first, layer, start, count, workspace);
    }

    /// <summary>Passes them through one layer.</summary>
    public static void PassLayer(
        Network network, HiddenActivation hidden, ThreadTeam team, FirstLayer first, int layer, int start, int count, Workspace workspace)
    {
        var topology = network.Topology;
        var z = workspace.Activations(layer, start, count);
        bool isLast = layer == topology.LayerCount - 1;
        if (layer == 0)
        {
            first.Forward(team, start, count, z, isLast ? null : hidden);
            return;
        }
        int width = topology.Inputs(layer), outputs = topology.Outputs(layer);
        var below = new ReadOnlyMatrix(workspace.Activations(layer - 1, start, count), count, width);
        var weights = new ReadOnlyMatrix(network.Weights(layer), width, outputs);
        if (isLast)
            Gemm.MultiplyAddRow(team, below, weights, network.Biases(layer), new Matrix(z, count, outputs));
        else
            hidden.Forward(team, below, weights, network.Biases(layer), new Matrix(z, count, outputs));
    }
}
