using System.Globalization;

namespace Nabla.Comparisons;

/// <summary>One line of the table that compares ratios with goals.</summary>
/// <param name="What">What is compared.</param>
/// <param name="Ratio">Above 1, Nabla is better; NaN if the peer is left out.</param>
/// <param name="Goal">What the ratio should reach; null for no goal.</param>
/// <param name="Nabla">Nabla's figure.</param>
/// <param name="Peer">The figure that it is compared with.</param>
/// <param name="Name">What that figure belongs to.</param>
internal sealed record GoalRow(string What, double Ratio, Goal? Goal, string Nabla, string Peer, string Name)
{
    /// <summary>Nabla's time beside a peer's.</summary>
    /// <param name="what">What is compared.</param>
    /// <param name="goal">What the ratio should reach.</param>
    /// <param name="ours">Nabla's times.</param>
    /// <param name="peer">The peer's times; null if it is left out.</param>
    /// <param name="text">Writes a number of seconds.</param>
    public static GoalRow Compare(string what, Goal? goal, ContenderTimes ours, ContenderTimes? peer, Func<double, string> text) => new(
        what, (peer?.Median ?? double.NaN) / ours.Median, goal, Figure(ours, text), peer is null ? "" : text(peer.Median),
        peer is null ? "no peer" : $"{peer.Contender.Title}, {Contender.Text(peer.Contender.Threads)}");

    /// <summary>Nabla with one thread beside Nabla with several.</summary>
    /// <inheritdoc cref="Compare" path="/param"/>
    public static GoalRow Scaling(string what, Goal? goal, Outcome outcome, Func<double, string> text)
    {
        var (one, several) = (outcome.OursWith(1), outcome.OursWith(Contender.ThreadCounts[^1]));
        return new(
            $"{what}, {several.Contender.Threads} threads to 1", one.Median / several.Median, goal,
            Figure(several, text), text(one.Median), "Nabla, 1 thread");
    }

    /// <summary>The lines as a table.</summary>
    public static string Table(IEnumerable<GoalRow> rows)
    {
        var table = new MarkdownTable("ratio", "goal", "what", "Nabla", "compared with", "which is");
        foreach (var row in rows)
            table.Add(row.RatioText, row.Goal is null ? "" : Number(row.Goal.Value), row.What, row.Nabla, row.Peer, row.Name);
        return table.ToString();
    }

    private string RatioText => double.IsNaN(Ratio) ? "" : Comparisons.Ratio.Text(Ratio, Goal?.Value ?? 0);

    private static string Figure(ContenderTimes ours, Func<double, string> text) =>
        $"{text(ours.Median)}, {Contender.Text(ours.Contender.Threads)}";

    private static string Number(double value) => value.ToString("0.0#", CultureInfo.InvariantCulture);
}
