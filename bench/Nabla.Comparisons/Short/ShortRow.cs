namespace Nabla.Comparisons;

/// <summary>One line of the short table, with columns of fixed width.</summary>
internal sealed record ShortRow(string Ratio, string Goal, string What, string Nabla, string Peer, string Note)
{
    public static ShortRow Head { get; } = new("ratio", "goal", "", "Nabla", "best peer", "");

    public override string ToString() => $"{Ratio,-16}{Goal,-6}{What,-48}{Nabla,-18}{Peer,-18}{Note}".TrimEnd();
}
