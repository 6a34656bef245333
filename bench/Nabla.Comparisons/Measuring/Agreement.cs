using System.Globalization;

namespace Nabla.Comparisons;

/// <summary>Judges whether a contender computes the same as Nabla.</summary>
/// <param name="tolerance">
/// The largest difference that is allowed, relative to Nabla's change: in each part, the root of the sum of squares of the one over that
/// of the other. Rounding alone differs between libraries.
/// </param>
internal sealed class Agreement(double tolerance)
{
    /// <summary>Where each part of a result begins and how long it is; one part by default.</summary>
    public IReadOnlyList<(string Name, int Start, int Length)> Parts { get; init; } = [];

    /// <summary>What the values were before; zeros by default.</summary>
    public float[]? Before { get; init; }

    /// <summary>On trained parameters: the weights and the biases of each layer, relative to what training changed.</summary>
    /// <param name="start">The network before training.</param>
    /// <param name="tolerance">The largest relative difference.</param>
    public static Agreement OnTraining(Network start, double tolerance) => new(tolerance)
    {
        Parts = [.. start.Topology.Blocks.Select(block => (block.Name, block.Start, block.Length))],
        Before = start.Topology.ByNeuron(start.Parameters),
    };

    /// <summary>Compares a result with Nabla's.</summary>
    /// <exception cref="InvalidOperationException">They differ, Nabla's did not change, or there are none.</exception>
    public void Require(float[] ours, float[] theirs)
    {
        if (theirs.Length == 0 || theirs.Length != ours.Length)
            throw new InvalidOperationException($"the result has {theirs.Length} numbers, Nabla's has {ours.Length}");
        foreach (var (name, start, length) in Parts.DefaultIfEmpty(("the result", 0, ours.Length)))
        {
            double difference = Distance(theirs, ours, start, length) / Distance(ours, Before, start, length);
            // Written so that NaN fails.
            if (!(difference <= tolerance))
            {
                throw new InvalidOperationException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name} differs from Nabla's by {difference:0.##E+0} of what Nabla computed ({tolerance:0.##E+0} is allowed)"));
            }
        }
    }

    private static double Distance(float[] a, float[]? b, int start, int length)
    {
        double sum = 0;
        for (int i = start; i < start + length; i++)
        {
            double difference = (double)a[i] - (b?[i] ?? 0);
            sum += difference * difference;
        }
        return Math.Sqrt(sum);
    }
}
