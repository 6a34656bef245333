namespace Nabla.Comparisons;

/// <summary>Contenders that do the same task, measured in turn, so that other load on the machine affects all of them alike.</summary>
internal sealed class ContenderGroup : IDisposable
{
    private const double HopelessRatio = 8;

    private readonly List<ContenderProcess> processes = [];

    /// <summary>Starts all contenders.</summary>
    /// <param name="comparison">Name of the comparison.</param>
    /// <param name="contenders">Nabla comes first.</param>
    /// <param name="task">What each process gets, beside its contender.</param>
    public ContenderGroup(string comparison, IEnumerable<Contender> contenders, params IReadOnlyList<string> task)
    {
        foreach (var contender in contenders)
            processes.Add(new ContenderProcess(contender, comparison, task));
        processes.ForEach(process => process.WaitUntilReady());
    }

    /// <summary>Throws if a result differs from the first one, which is Nabla's.</summary>
    /// <param name="what">What is computed, for the message.</param>
    /// <param name="summary">The largest or the mean difference.</param>
    /// <param name="tolerance">The difference that is allowed.</param>
    public void Check(string what, Func<IEnumerable<double>, double> summary, double tolerance)
    {
        float[] ours = processes[0].Result();
        foreach (var process in processes.Skip(1))
        {
            float[] theirs = process.Result();
            if (theirs.Length == 0)
                continue;
            double difference = summary(ours.Zip(theirs, (a, b) => (double)MathF.Abs(a - b)));
            if (theirs.Length != ours.Length || !(difference <= tolerance))
            {
                throw new InvalidOperationException(
                    $"{what}: the result of {process.Contender.Title} differs from Nabla's by {difference}.");
            }
        }
    }

    /// <summary>Measures each contender once per round, after a warm-up that is not recorded.</summary>
    /// <param name="rounds">Measurements of each contender. One that is hopelessly slow in the warm-up has no others than that.</param>
    /// <param name="words">What to measure, if the contenders can do several things.</param>
    public Outcome Measure(int rounds, params IReadOnlyList<string> words)
    {
        var warmUp = processes.ConvertAll(process => process.Measure(words));
        // Spinning threads can take a hundred times as long when other programs occupy the cores: once is enough.
        double hopeless = HopelessRatio * warmUp.Min();
        var seconds = warmUp.ConvertAll(time => time < hopeless ? new List<double>() : [time]);
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < processes.Count; i++)
            {
                if (warmUp[i] < hopeless)
                    seconds[i].Add(processes[i].Measure(words));
            }
        }
        return new Outcome([.. processes.Zip(seconds, (process, times) => new ContenderTimes(process.Contender, times))]);
    }

    public void Dispose() => processes.ForEach(process => process.Dispose());
}
