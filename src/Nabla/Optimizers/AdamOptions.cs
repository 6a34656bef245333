using Nabla.Kernels;

namespace Nabla;

/// <summary>Adam: steps scaled by running means of the gradient and its square (Kingma and Ba, 2015).</summary>
public sealed record AdamOptions() : OptimizerOptions("adam", "steps scaled by running means of the gradient and its square")
{
    private static readonly KindParameter[] AllParameters =
    [
        .. CommonParameters,
        KindParameter.Create<AdamOptions>("beta1", adam => adam.Beta1, (adam, value) => adam with { Beta1 = value }),
        KindParameter.Create<AdamOptions>("beta2", adam => adam.Beta2, (adam, value) => adam with { Beta2 = value }),
        KindParameter.Create<AdamOptions>("epsilon", adam => adam.Epsilon, (adam, value) => adam with { Epsilon = value }),
    ];

    /// <summary>Step size; above 0 (default: 0.001).</summary>
    public override float LearningRate { get; init; } = 0.001f;

    /// <summary>Decay of the mean of gradients; from 0 to below 1 (default: 0.9).</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>Decay of the mean of squares; from 0 to below 1 (default: 0.999).</summary>
    public float Beta2 { get; init; } = 0.999f;

    /// <summary>Added to the root of the mean square; above 0 (default: 1e-8).</summary>
    public float Epsilon { get; init; } = 1e-8f;

    /// <inheritdoc/>
    public override IReadOnlyList<KindParameter> Parameters => AllParameters;

    internal override Optimizer Create(IReadOnlyList<ParameterBlock> blocks) => new Adam(this, blocks);

    internal override void Validate()
    {
        base.Validate();
        if (!(Beta1 is >= 0 and < 1) || !(Beta2 is >= 0 and < 1))
        {
            throw new InvalidOptionException(
                $"Adam's decays are {Beta1} and {Beta2}", "Use numbers from 0 to below 1; the usual ones are 0.9 and 0.999.");
        }
        if (!(Epsilon > 0) || !float.IsFinite(Epsilon))
            throw new InvalidOptionException(
                $"Adam's epsilon is {Epsilon}", "Use a finite number above 0; the usual one is 1e-8.", nameof(Epsilon));
    }

    /// <summary>Both running means are as long as the parameters.</summary>
    private sealed class Adam(AdamOptions options, IReadOnlyList<ParameterBlock> blocks) : Optimizer(options, blocks)
    {
        private readonly float[] mean = new float[blocks[^1].End];
        private readonly float[] square = new float[blocks[^1].End];

        // beta^steps, by one multiplication a step: no pow, whose bits differ between systems.
        private double power1 = 1;
        private double power2 = 1;

        // Of the step that has begun.
        private float learningRate;
        private float rootScale;

        internal override IReadOnlyList<(string Name, float[] Values)> State => [("mean", mean), ("square", square)];

        internal override void Restore(long steps)
        {
            // Only 1 - beta^steps is ever used. Once that is 1 for both it stays so: a file that claims 2^62 steps is not counted up to.
            for (long step = 0; step < steps && (1 - power1 != 1 || 1 - power2 != 1); step++)
                CountStep();
        }

        internal override void BeginStep(in StepContext context)
        {
            CountStep();
            learningRate = context.LearningRate;
            rootScale = (float)(1 / double.Sqrt(1 - power2));
        }

        private protected override void Move(ReadOnlySpan<float> gradient, Span<float> parameters, int start, float decay, float factor)
        {
            var coefficients = new AdamCoefficients(
                options.Beta1, options.Beta2, options.Epsilon,
                StepSize: (float)(learningRate * factor / (1 - power1)), RootScale: rootScale, Decay: decay);
            AdamUpdate.Step(
                gradient, coefficients, mean.AsSpan(start, parameters.Length), square.AsSpan(start, parameters.Length), parameters);
        }

        private void CountStep()
        {
            power1 *= options.Beta1;
            power2 *= options.Beta2;
        }
    }
}
