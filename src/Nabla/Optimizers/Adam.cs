using Nabla.Kernels;

namespace Nabla;

/// <summary>Adam, with both running means as long as the parameters.</summary>
internal sealed class Adam(AdamOptions options, Topology topology, float l2) : Optimizer(topology, l2)
{
    private readonly float[] mean = new float[topology.ParameterCount];
    private readonly float[] square = new float[topology.ParameterCount];

    // beta^steps, by one multiplication a step: no pow, whose bits differ between systems.
    private double power1 = 1;
    private double power2 = 1;

    // Of the step at hand.
    private AdamCoefficients coefficients;

    public override IReadOnlyList<(string Name, float[] Values)> State => [("mean", mean), ("square", square)];

    public override void Restore(long steps)
    {
        // Only 1 - beta^steps is ever used. Once that is 1 for both it stays so: a file that claims 2^62 steps shall not be counted up to.
        for (long step = 0; step < steps && (1 - power1 != 1 || 1 - power2 != 1); step++)
            CountStep();
    }

    public override void BeginStep()
    {
        CountStep();
        coefficients = new AdamCoefficients(
            options.Beta1, options.Beta2, options.Epsilon,
            StepSize: (float)(options.LearningRate / (1 - power1)), RootScale: (float)(1 / double.Sqrt(1 - power2)), Decay: 0f);
    }

    protected override void Move(ReadOnlySpan<float> gradient, Span<float> parameters, int start, float decay) => AdamUpdate.Step(
        gradient, coefficients with { Decay = decay }, mean.AsSpan(start, parameters.Length), square.AsSpan(start, parameters.Length), parameters);

    private void CountStep()
    {
        power1 *= options.Beta1;
        power2 *= options.Beta2;
    }
}
