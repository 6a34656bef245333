namespace Nabla;

/// <summary>Some shards in a row, whose sums are one node of the tree: from <paramref name="Start"/> to before <paramref name="End"/>.
/// </summary>
internal readonly record struct ShardRange(int Start, int End)
{
    /// <summary>Number of shards.</summary>
    public int Count => End - Start;

    /// <summary>The first half; the larger one if they differ is the second.</summary>
    public ShardRange Left => this with { End = Start + Count / 2 };

    /// <summary>The second half.</summary>
    public ShardRange Right => this with { Start = Start + Count / 2 };

    /// <summary>Whether all of another range is in this one.</summary>
    public bool Contains(ShardRange other) => other.Start >= Start && other.End <= End;
}

/// <summary>
/// The order in which the gradients of shards are added: a binary tree that halves the shards again and again. It depends on the number
/// of shards alone, so the bits of the sum do not depend on the ranks that hold them.
/// </summary>
/// <param name="shards">Number of shards, at least 1.</param>
/// <param name="ranks">Number of ranks, at least 1.</param>
internal sealed class ShardTree(int shards, int ranks)
{
    /// <summary>All shards.</summary>
    public ShardRange Root { get; } = new(0, shards);

    /// <summary>The shards of a rank: as equal in number as possible.</summary>
    public ShardRange ShardsOf(int rank) => new((int)((long)shards * rank / ranks), (int)((long)shards * (rank + 1) / ranks));

    /// <summary>The largest nodes that a rank can add alone, in order; none if it has no shards.</summary>
    public IReadOnlyList<ShardRange> NodesOf(int rank)
    {
        var nodes = new List<ShardRange>();
        Collect(Root, ShardsOf(rank), nodes);
        return nodes;
    }

    /// <summary>Adds numbers of all shards.</summary>
    public double Sum(ReadOnlySpan<double> values) => Sum(values, Root);

    private static double Sum(ReadOnlySpan<double> values, ShardRange node) =>
        node.Count == 1 ? values[node.Start] : Sum(values, node.Left) + Sum(values, node.Right);

    private static void Collect(ShardRange node, ShardRange own, List<ShardRange> nodes)
    {
        if (node.Start >= own.End || node.End <= own.Start)
            return;
        if (own.Contains(node))
        {
            nodes.Add(node);
            return;
        }
        Collect(node.Left, own, nodes);
        Collect(node.Right, own, nodes);
    }
}
