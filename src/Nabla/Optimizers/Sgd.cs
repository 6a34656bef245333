using Nabla.Kernels;

namespace Nabla;

/// <summary>Stochastic gradient descent; it remembers nothing.</summary>
internal sealed class Sgd(SgdOptions options, Topology topology, float l2) : Optimizer(topology, l2)
{
    public override IReadOnlyList<(string Name, float[] Values)> State => [];

    protected override void Move(ReadOnlySpan<float> gradient, Span<float> parameters, int start, float decay) =>
        SgdUpdate.Step(gradient, options.LearningRate, decay, parameters);
}
