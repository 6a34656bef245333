namespace Nabla.Comparisons;

/// <summary>
/// Contenders that do the same task, measured in turn, so that other load on the machine affects all of them alike. One that fails is
/// reported and left out.
/// </summary>
internal sealed class ContenderGroup : IDisposable
{
    private const double HopelessRatio = 8;

    private readonly List<string> failures;
    private readonly List<ContenderProcess> processes;
    private readonly int ours;

    /// <summary>Starts all contenders.</summary>
    /// <param name="failures">Receives a line for each contender that fails.</param>
    /// <param name="comparison">Name of the comparison.</param>
    /// <param name="contenders">Nabla comes first.</param>
    /// <param name="task">What each process gets, beside its contender.</param>
    public ContenderGroup(List<string> failures, string comparison, IEnumerable<Contender> contenders, params IReadOnlyList<string> task)
    {
        this.failures = failures;
        processes = [.. contenders.Select(contender => new ContenderProcess(contender, comparison, task))];
        ours = OfNabla;
        ForEach(string.Join(' ', task.Prepend(comparison)), process => process.WaitUntilReady());
    }

    private int OfNabla => processes.Count(process => process.Contender.IsNabla);

    /// <summary>Leaves out the contenders whose result differs from the first one, which is Nabla's.</summary>
    /// <param name="what">What is computed, for messages.</param>
    /// <param name="agreement">What is compared, and how.</param>
    /// <param name="words">What to compute, if the contenders can do several things.</param>
    public void Check(string what, Agreement agreement, params IReadOnlyList<string> words)
    {
        float[]? first = null;
        ForEach(what, process =>
        {
            if (process.Contender.IsLimit)
                return;
            float[] result = process.Result(words);
            agreement.Require(first ??= result, result);
        });
    }

    /// <summary>Measures each contender once per round, after a warm-up that is not recorded.</summary>
    /// <param name="what">What is measured, for messages.</param>
    /// <param name="rounds">Measurements of each contender. One that is hopelessly slow in the warm-up is measured only once more.</param>
    /// <param name="words">What to measure, if the contenders can do several things.</param>
    /// <returns>The times; null if Nabla failed.</returns>
    public Outcome? Measure(string what, int rounds, params IReadOnlyList<string> words)
    {
        var seconds = processes.ToDictionary(process => process, _ => new List<double>());
        void Record(ContenderProcess process) => seconds[process].Add(process.Measure(words));
        ForEach(what, Record);
        if (OfNabla < ours)
            return null;
        // Spinning threads can take a hundred times as long when other programs occupy the cores: two measurements are enough.
        double limit = HopelessRatio * processes.Min(process => seconds[process][0]);
        var slow = processes.Where(process => seconds[process][0] >= limit).ToHashSet();
        ForEach(what, process =>
        {
            if (slow.Contains(process))
                Record(process);
        });
        slow.RemoveWhere(process => seconds[process][^1] < limit);
        foreach (var process in processes.Except(slow))
            seconds[process].Clear();
        for (int round = 0; round < rounds; round++)
        {
            ForEach(what, process =>
            {
                if (!slow.Contains(process))
                    Record(process);
            });
        }
        return OfNabla < ours
            ? null
            : new Outcome([.. processes.Select(process => new ContenderTimes(process.Contender, seconds[process]))], rounds);
    }

    public void Dispose() => processes.ForEach(process => process.Dispose());

    private void ForEach(string what, Action<ContenderProcess> action)
    {
        foreach (var process in processes.ToList())
        {
            try
            {
                action(process);
            }
            catch (Exception exception) when (exception is InvalidOperationException or FormatException)
            {
                failures.Add($"{what}: {process.Contender.Title}, {Contender.Text(process.Contender.Threads)} failed: {exception.Message}");
                Console.Error.WriteLine(failures[^1]);
                processes.Remove(process);
                process.Dispose();
            }
        }
    }
}
