using Nabla.Kernels;

namespace Nabla;

/// <summary>The learning rates that <see cref="LearningRateFinder"/> tries: a geometric sequence, one for each step. Immutable.</summary>
public sealed record LearningRateRange
{
    private const int FewestSteps = 20;

    /// <summary>The rate of the first step, above 0 (default: 0.000001).</summary>
    public float From { get; init; } = 1e-6f;

    /// <summary>The rate of the last step, above <see cref="From"/>; null for <see cref="OptimizerOptions.LargestLearningRate"/>.</summary>
    public float? To { get; init; }

    /// <summary>Number of steps, at least 20 (default: 100). If the data have fewer batches, they are used again.</summary>
    public int Steps { get; init; } = 100;

    /// <summary>The rate of each step, [<see cref="Steps"/>].</summary>
    /// <param name="optimizer">Decides where the rates end if <see cref="To"/> is null.</param>
    /// <exception cref="InvalidOptionException">A value is out of range.</exception>
    public float[] Rates(OptimizerOptions optimizer)
    {
        float to = To ?? optimizer.LargestLearningRate;
        if (!(From > 0) || !float.IsFinite(to) || !(From < to))
        {
            throw new InvalidOptionException(
                $"The learning rates go from {From} to {to}", "Use finite numbers above 0, the smaller one first.", nameof(From));
        }
        if (Steps < FewestSteps)
            throw new InvalidOptionException($"The number of steps is {Steps}", $"Use at least {FewestSteps}.", nameof(Steps));
        var rates = new float[Steps];
        float start = Logarithm.Apply<ScalarLanes, float>(From), length = Logarithm.Apply<ScalarLanes, float>(to) - start;
        for (int step = 1; step < Steps - 1; step++)
            rates[step] = Kernels.Exponential.Apply<ScalarLanes, float>(start + length * step / (Steps - 1));
        (rates[0], rates[^1]) = (From, to);
        return rates;
    }
}
