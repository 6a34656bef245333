using Nabla.Kernels;

namespace Nabla;

/// <summary>Stochastic gradient descent; it remembers nothing.</summary>
internal sealed class Sgd(SgdOptions options, Topology topology, float l2, ThreadTeam team) : Optimizer
{
    public override IReadOnlyList<(string Name, float[] Values)> State => [];

    public override void Step(ReadOnlySpan<float> gradient, Span<float> parameters)
    {
        int weights = topology.WeightCount;
        SgdUpdate.Step(team, gradient[..weights], options.LearningRate, l2, parameters[..weights]);
        SgdUpdate.Step(team, gradient[weights..], options.LearningRate, 0f, parameters[weights..]);
    }
}
