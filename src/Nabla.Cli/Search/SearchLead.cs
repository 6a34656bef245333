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
    private readonly Dictionary<string, JobResult> results = new(StringComparer.Ordinal); // by the text of the job
    private readonly Standing?[] standings; // [trials], those that have been measured
    private readonly Queue<string> waiting = new();
    private readonly List<string> unsaved = [];
    private SearchTrial[] trials; // of the rung
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
        trials = plan.Trials;
        standings = new Standing?[trials.Length];
        foreach (string line in journal?.Lines ?? [])
            Know(line);
        BeginRung();
    }

    /// <summary>The trials, the best one first.</summary>
    public Standing[] Standings
    {
        get
        {
            var sorted = Array.ConvertAll(standings, standing => standing!); // the first rung measures all
            Sort(sorted);
            return sorted;
        }
    }

    /// <summary>Processes the reports of the ranks, and returns their next orders.</summary>
    /// <param name="reports">[ranks].</param>
    public RankOrders Next(RankReport[] reports)
    {
        foreach (var report in reports)
        {
            foreach (string line in report.Lines)
                Add(line);
        }
        while (left == 0 && rung < plan.Rungs.Count)
            EndRung();
        if (Array.Exists(reports, report => report.IsAsked))
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
        Know(line);
        unsaved.Add(line);
        left--;
        progress.Job(left);
    }

    private void Know(string line)
    {
        var result = JobResult.Read(line);
        results[$"{result.Job}"] = result;
    }

    private RankOrders Assign(RankReport[] reports)
    {
        var text = new StringBuilder();
        // One job for each rank in turn, so that all begin early.
        for (int round = 0; waiting.Count > 0 && Array.Exists(reports, report => report.Idle > round); round++)
        {
            for (int rank = 0; rank < reports.Length && waiting.Count > 0; rank++)
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
        foreach (var trial in trials)
        {
            for (int fold = 1; fold <= plan.Folds.Count && trial.Failure is null; fold++, jobs++)
            {
                string job = $"{plan.JobOf(trial, rung, fold)}";
                if (!results.ContainsKey(job))
                    waiting.Enqueue(job);
            }
        }
        left = waiting.Count;
        if (jobs > 0)
            progress.Rung(plan, rung, jobs, left);
    }

    private void EndRung()
    {
        var ended = Array.ConvertAll(
            trials, trial => Standing.Of(plan, trial, rung, job => results[$"{job}"]));
        foreach (var standing in ended)
            standings[standing.Trial.Number - 1] = standing;
        Sort(ended);
        ended = Array.FindAll(ended[..plan.Rungs.Remaining(ended.Length)], standing => standing.Failure is null);
        trials = Array.ConvertAll(ended, standing => standing.Trial);
        Array.Sort(trials, (first, second) => first.Number.CompareTo(second.Number));
        BeginRung();
    }

    private void Sort(Standing[] unsorted) =>
        Array.Sort(unsorted, (first, second) => Standing.Compare(first, second, plan.Measure));
}
