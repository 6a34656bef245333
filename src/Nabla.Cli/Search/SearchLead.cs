using System.Globalization;
using System.Text;

namespace Nabla.Cli;

/// <summary>Rank 0 of a search: decides which rank does which job, and collects the results.</summary>
/// <remarks>Which rank does a job, and when, changes no result: the table depends on the results of jobs alone.</remarks>
internal sealed class SearchLead
{
    private readonly SearchPlan plan;
    private readonly SearchJournal? journal;
    private readonly SearchProgress progress;
    private readonly Dictionary<string, JobResult> results = new(StringComparer.Ordinal);
    private readonly Dictionary<int, Standing> standings = [];
    private readonly Queue<SearchJob> waiting = new();
    private readonly List<string> unsaved = [];
    private List<SearchTrial> trials;
    private int rung = -1;
    private int left; // jobs of the rung without a result

    /// <param name="plan">The search.</param>
    /// <param name="journal">Where results are kept; null if they are not.</param>
    /// <param name="progress">Shows how far the search has come.</param>
    public SearchLead(SearchPlan plan, SearchJournal? journal, SearchProgress progress)
    {
        this.plan = plan;
        this.journal = journal;
        this.progress = progress;
        trials = [.. plan.Trials];
        foreach (var result in journal?.Results ?? [])
            results.TryAdd($"{result.Job}", result);
        BeginRung();
    }

    /// <summary>The trials, the best one first.</summary>
    public IReadOnlyList<Standing> Standings => Sorted(standings.Values);

    /// <summary>Hears what the ranks report, and says what they do next.</summary>
    /// <param name="reports">[ranks].</param>
    public RankOrders Next(IReadOnlyList<RankReport> reports)
    {
        foreach (var report in reports)
        {
            foreach (string line in report.Lines)
                Add(line);
        }
        while (left == 0 && rung < plan.Rungs.Count)
            EndRung();
        if (reports.Any(report => report.IsAsked))
            return RankOrders.Stop;
        return rung == plan.Rungs.Count ? RankOrders.End : Assign(reports);
    }

    /// <summary>Keeps the results since the last call: after the ranks have their orders, so that none waits for the disk.</summary>
    /// <exception cref="OutputException">They cannot be written.</exception>
    public void Save()
    {
        if (unsaved.Count > 0)
            journal?.Add(unsaved);
        unsaved.Clear();
    }

    private void Add(string line)
    {
        var result = JobResult.Read(line);
        results[$"{result.Job}"] = result;
        unsaved.Add(line);
        left--;
        progress.Job(left);
    }

    private RankOrders Assign(IReadOnlyList<RankReport> reports)
    {
        var text = new StringBuilder();
        // One job for each rank in turn, so that all begin early.
        for (int round = 0; waiting.Count > 0 && reports.Any(report => report.Idle > round); round++)
        {
            for (int rank = 0; rank < reports.Count && waiting.Count > 0; rank++)
            {
                if (reports[rank].Idle > round)
                    text.Append(CultureInfo.InvariantCulture, $"{rank} {waiting.Dequeue()}\n");
            }
        }
        return RankOrders.Jobs(text.ToString());
    }

    private void BeginRung()
    {
        rung++;
        if (rung == plan.Rungs.Count)
            return;
        int jobs = 0;
        foreach (var job in trials.Where(trial => trial.Failure is null).SelectMany(trial => plan.JobsOf(trial, rung)))
        {
            jobs++;
            if (!results.ContainsKey($"{job}"))
                waiting.Enqueue(job);
        }
        left = waiting.Count;
        progress.Rung(plan, rung, jobs, left);
    }

    private void EndRung()
    {
        List<Standing> ended = [.. trials.Select(trial => Standing.Of(plan, trial, rung, job => results[$"{job}"]))];
        foreach (var standing in ended)
            standings[standing.Trial.Number] = standing;
        trials =
        [
            .. Sorted(ended).Take(plan.Rungs.Remaining(trials.Count)).Where(standing => standing.Failure is null)
                .Select(standing => standing.Trial).OrderBy(trial => trial.Number),
        ];
        BeginRung();
    }

    private List<Standing> Sorted(IEnumerable<Standing> unsorted)
    {
        List<Standing> sorted = [.. unsorted];
        sorted.Sort((first, second) => Standing.Compare(first, second, plan.Measure));
        return sorted;
    }
}
