using Nabla.Kernels;

namespace Nabla;

/// <summary>Adam, with both running means as long as the parameters.</summary>
internal sealed class Adam : Optimizer
{
    private readonly AdamOptions options;
    private readonly int weights;
    private readonly float l2;
    private readonly ThreadTeam team;
    private readonly float[] mean;
    private readonly float[] square;

    // beta^steps, by one multiplication a step: no pow, whose bits differ between systems.
    private double power1 = 1;
    private double power2 = 1;

    public Adam(AdamOptions options, Topology topology, float l2, ThreadTeam team)
    {
        this.options = options;
        this.l2 = l2;
        this.team = team;
        weights = topology.WeightCount;
        mean = new float[topology.ParameterCount];
        square = new float[topology.ParameterCount];
    }

    public override IReadOnlyList<(string Name, float[] Values)> State => [("mean", mean), ("square", square)];

    public override void Restore(long steps)
    {
        // Only 1 - beta^steps is ever used. Once that is 1 for both it stays so: a file that claims 2^62 steps shall not be counted up to.
        for (long step = 0; step < steps && (1 - power1 != 1 || 1 - power2 != 1); step++)
            CountStep();
    }

    public override void Step(ReadOnlySpan<float> gradient, Span<float> parameters)
    {
        CountStep();
        var coefficients = new AdamCoefficients(
            options.Beta1, options.Beta2, options.Epsilon,
            StepSize: (float)(options.LearningRate / (1 - power1)), RootScale: (float)(1 / double.Sqrt(1 - power2)), Decay: l2);
        AdamUpdate.Step(team, gradient[..weights], coefficients, mean.AsSpan(0, weights), square.AsSpan(0, weights), parameters[..weights]);
        AdamUpdate.Step(
            team, gradient[weights..], coefficients with { Decay = 0f }, mean.AsSpan(weights), square.AsSpan(weights), parameters[weights..]);
    }

    private void CountStep()
    {
        power1 *= options.Beta1;
        power2 *= options.Beta2;
    }
}
