using System.Globalization;

namespace Nabla.Cli;

/// <summary>Shows how far a search has come: a message for each rung, and on a terminal a live line.</summary>
internal sealed class SearchProgress(Terminal terminal)
{
    private readonly LiveLine? line = terminal.Screen is { } screen ? new LiveLine(screen, terminal.Clock) : null;
    private int all;

    /// <summary>Runs the search, and shows its progress meanwhile.</summary>
    /// <returns>The result of <paramref name="search"/>.</returns>
    public bool Run(Func<bool> search) => line is null ? search() : line.Run(search);

    /// <summary>Called when a rung begins.</summary>
    /// <param name="plan">The search.</param>
    /// <param name="rung">The number of the rung, counted from 0.</param>
    /// <param name="jobs">Its jobs.</param>
    /// <param name="left">Its jobs without a result.</param>
    public void Rung(SearchPlan plan, int rung, int jobs, int left)
    {
        all = left;
        string which = plan.Rungs.Count == 1 ? "" : $"Rung {rung + 1} of {plan.Rungs.Count}, {Share(plan.Rungs.DivisorOf(rung))}: ";
        string known = left < jobs ? $", {jobs - left} of them already done" : "";
        Inform($"{which}{jobs / plan.Folds.Count} trials on {plan.Folds.Count} folds: {jobs} training runs{known}.");
    }

    /// <summary>Called when a job has finished.</summary>
    /// <param name="left">The jobs of the rung without a result.</param>
    public void Job(int left) => line?.Show(() => string.Create(
        CultureInfo.InvariantCulture, $"{LiveLine.Bar((double)(all - left) / all)}  {all - left} of {all} training runs"));

    private static string Share(int divisor) =>
        divisor == 1 ? "all epochs" : string.Create(CultureInfo.InvariantCulture, $"1/{divisor} of the epochs");

    private void Inform(string message)
    {
        if (line is null)
            terminal.Inform(message);
        else
            line.Write(message);
    }
}
