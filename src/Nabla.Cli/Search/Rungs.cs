namespace Nabla.Cli;

/// <summary>
/// The rungs of successive halving: all trials begin with few epochs; after each rung the best go on, and have more epochs. Without
/// halving, there is one rung.
/// </summary>
/// <remarks>
/// K. Jamieson and A. Talwalkar, "Non-stochastic best arm identification and hyperparameter optimization", 2016.
/// </remarks>
internal sealed class Rungs
{
    /// <summary>The usual share that goes on is a third.</summary>
    public const int DefaultFactor = 3;

    private readonly int factor;

    /// <param name="trials">Number of trials.</param>
    /// <param name="epochs">The epochs of the last rung.</param>
    /// <param name="factor">One in so many trials goes on, with so many times the epochs; null for one rung.</param>
    public Rungs(int trials, int epochs, int? factor)
    {
        this.factor = factor ?? 1;
        Count = 1;
        // In the last rung there are so few that one more would compare nothing.
        for (long share = this.factor; factor > 1 && trials > factor && share <= epochs; share *= this.factor)
        {
            trials = Remaining(trials);
            Count++;
        }
    }

    /// <summary>Number of rungs.</summary>
    public int Count { get; }

    /// <summary>The epochs in a rung are those of the last one, divided by this number.</summary>
    /// <param name="rung">Counted from 0.</param>
    public int DivisorOf(int rung)
    {
        int divisor = 1;
        for (int next = rung + 1; next < Count; next++)
            divisor *= factor;
        return divisor;
    }

    /// <summary>The epochs in a rung, at least 1.</summary>
    /// <param name="epochs">Those of the last rung.</param>
    /// <param name="rung">Counted from 0.</param>
    public int EpochsOf(int epochs, int rung) => Math.Max(1, epochs / DivisorOf(rung));

    /// <summary>How many of some trials go on: at least 1, if there are any.</summary>
    public int Remaining(int trials) => (trials + factor - 1) / factor;
}
