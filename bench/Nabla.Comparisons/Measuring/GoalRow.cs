using System.Globalization;

namespace Nabla.Comparisons;

/// <summary>One line of the table that compares ratios with goals.</summary>
/// <param name="What">What is compared.</param>
/// <param name="Ratio">Above 1, Nabla is better; null if there is no peer, which leaves the line out.</param>
/// <param name="Goal">What the ratio should reach; null for no goal.</param>
/// <param name="Nabla">Nabla's figure.</param>
/// <param name="Peer">The figure that it is compared with.</param>
/// <param name="Name">What that figure belongs to.</param>
internal sealed record GoalRow(string What, Ratio? Ratio, Goal? Goal, string Nabla, string Peer, string Name)
{
    /// <summary>Whether the figure is a limit of the machine instead of a peer's.</summary>
    public bool IsLimit { get; private init; }

    /// <summary>Nabla's time beside a peer's.</summary>
    /// <param name="what">What is compared.</param>
    /// <param name="goal">What the ratio should reach.</param>
    /// <param name="ours">Nabla's times.</param>
    /// <param name="peer">The peer's times; null if it is left out.</param>
    /// <param name="text">Writes a number of seconds.</param>
    public static GoalRow Compare(string what, Goal? goal, ContenderTimes ours, ContenderTimes? peer, Func<double, string> text) => new(
        what, peer is null ? null : Comparisons.Ratio.Of(ours, peer), goal,
        $"{text(ours.Median)}, {Contender.Text(ours.Contender.Threads)}", peer is null ? "" : text(peer.Median),
        peer is null ? "" : $"{peer.Contender.Title}, {Contender.Text(peer.Contender.Threads)}")
    {
        IsLimit = peer?.Contender.IsLimit ?? false,
    };

    /// <summary>Nabla with one thread beside Nabla with several.</summary>
    /// <inheritdoc cref="Compare" path="/param"/>
    public static GoalRow Scaling(string what, Goal? goal, Outcome outcome, Func<double, string> text)
    {
        var several = outcome.OursWith(Contender.ThreadCounts[^1]);
        return Compare($"{what}, {several.Contender.Threads} threads to 1", goal, several, outcome.OursWith(1), text);
    }

    /// <summary>The lines as a table.</summary>
    public static string Table(IEnumerable<GoalRow> rows)
    {
        var table = new MarkdownTable("ratio", "range", "goal", "what", "Nabla", "compared with", "which is");
        foreach (var row in rows)
        {
            if (row.Ratio is { } ratio)
            {
                string goal = row.Goal?.Value.ToString("0.0#", CultureInfo.InvariantCulture) ?? "";
                table.Add(ratio.Text(row.Goal?.Value ?? 0, row.IsLimit), ratio.Range, goal, row.What, row.Nabla, row.Peer, row.Name);
            }
        }
        return table.ToString();
    }
}
