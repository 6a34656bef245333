namespace Nabla.Tests;

/// <summary>The tree in which shards are added.</summary>
public sealed class ShardTreeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(13)]
    public void Every_shard_is_in_one_node_of_one_rank(int shards)
    {
        for (int ranks = 1; ranks <= 10; ranks++)
        {
            var tree = new ShardTree(shards, ranks);
            var nodes = Enumerable.Range(0, ranks).SelectMany(tree.NodesOf).ToArray();
            Assert.Equal(Enumerable.Range(0, shards), nodes.SelectMany(node => Enumerable.Range(node.Start, node.Count)));
            Assert.All(nodes, node => Assert.True(IsInTree(tree.Root, node)));
        }
    }

    [Fact]
    public void Shards_are_added_by_halves()
    {
        // Of three, the first is added to the sum of the others: a sum in order would lose each 1.
        const double Large = 1L << 53; // its neighbour is 2 away
        Assert.Equal(Large + 2, new ShardTree(3, 1).Sum([Large, 1, 1]));
        Assert.Equal([new ShardRange(0, 2), new ShardRange(2, 3)], new ShardTree(10, 3).NodesOf(0));
    }

    private static bool IsInTree(ShardRange root, ShardRange node) =>
        root == node || (root.Count > 1 && (IsInTree(root.Left, node) || IsInTree(root.Right, node)));
}
