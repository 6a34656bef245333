using Nabla.Kernels;

namespace Nabla;

/// <summary>Stochastic gradient descent: w -= learning rate * (gradient + L2 * w).</summary>
public sealed record SgdOptions() : OptimizerOptions("sgd", "stochastic gradient descent: a step against the gradient")
{
    /// <summary>Step size; above 0 (default: 0.1).</summary>
    public override float LearningRate { get; init; } = 0.1f;

    internal override Optimizer Create(IReadOnlyList<ParameterBlock> blocks) => new Sgd(this, blocks);

    /// <summary>It remembers nothing.</summary>
    private sealed class Sgd(SgdOptions options, IReadOnlyList<ParameterBlock> blocks) : Optimizer(options, blocks)
    {
        private float learningRate;

        internal override IReadOnlyList<(string Name, float[] Values)> State => [];

        internal override void BeginStep(in StepContext context) => learningRate = context.LearningRate;

        private protected override void Move(ReadOnlySpan<float> gradient, Span<float> parameters, int start, float decay, float factor) =>
            SgdUpdate.Step(gradient, learningRate * factor, decay, parameters);
    }
}
