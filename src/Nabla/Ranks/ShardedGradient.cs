using System.Runtime.InteropServices;
using Nabla.Kernels;

namespace Nabla;

/// <summary>Computes what a shard adds to the gradient.</summary>
/// <param name="shard">Its number, from 0.</param>
/// <param name="gradient">Receives the gradient, [parameters].</param>
/// <returns>The sum of the losses of its examples.</returns>
internal delegate double ShardGradient(int shard, Span<float> gradient);

/// <summary>
/// Adds the gradients of a batch's shards, which are spread over ranks, by one fixed tree, with the same bits for every number of ranks.
/// Each rank gets a part of the sum.
/// </summary>
/// <remarks>
/// Each rank adds what it can alone, and sends each other rank one part of the parameters; each rank adds one part of all. Then it shares
/// the sum, or what follows from it, with the others. So each rank sends and receives about twice the size of the gradient, whatever the
/// number of ranks, if the shards divide well among them. Serves one thread at a time.
/// </remarks>
internal sealed class ShardedGradient
{
    private readonly ICommunicator ranks;
    private readonly ShardTree tree;
    private readonly IReadOnlyList<ShardRange>[] nodes; // of each rank
    private readonly Dictionary<ShardRange, (int Rank, int Place)> places; // of each node among those of its rank
    private readonly AlignedArray<float>[] own; // the gradient of each node of this rank, [parameters]; none if it is alone
    private readonly List<AlignedArray<float>> spare = []; // one for each level of the tree, as long as is needed
    private readonly float[][] received; // from each rank, this rank's part of each of its nodes
    private readonly double[] losses; // of each shard
    private readonly int parameters;

    /// <param name="ranks">This rank's communicator.</param>
    /// <param name="shards">Number of shards, at least 1.</param>
    /// <param name="parameters">Number of parameters.</param>
    public ShardedGradient(ICommunicator ranks, int shards, int parameters)
    {
        this.ranks = ranks;
        this.parameters = parameters;
        tree = new ShardTree(shards, ranks.Size);
        nodes = [.. Enumerable.Range(0, ranks.Size).Select(tree.NodesOf)];
        places = nodes.Index().SelectMany(rank => rank.Item.Index().Select(node => (Node: node.Item, Place: (rank.Index, node.Index))))
            .ToDictionary(each => each.Node, each => each.Place);
        bool isAlone = ranks.Size == 1;
        own = isAlone ? [] : [.. nodes[ranks.Rank].Select(_ => new AlignedArray<float>(parameters))];
        var (start, end) = OwnPart;
        received =
            [.. nodes.Index().Select(from => new float[from.Index == ranks.Rank ? 0 : from.Item.Count * (end - start)])];
        losses = new double[shards];
    }

    /// <summary>Number of shards.</summary>
    public int Shards => losses.Length;

    /// <summary>The parameters whose sums this rank gets: all if it is alone.</summary>
    public (int Start, int End) OwnPart => PartOf(ranks.Rank);

    /// <summary>Computes the gradients of this rank's shards, and adds those of all.</summary>
    /// <param name="compute">Computes that of one shard; it must overwrite all of it.</param>
    /// <param name="gradient">Receives the sum, [parameters]; outside <see cref="OwnPart"/>, anything.</param>
    /// <returns>The sum of the losses.</returns>
    /// <exception cref="CommunicationException">Another rank cannot be reached.</exception>
    public double Sum(ShardGradient compute, Span<float> gradient)
    {
        if (ranks.Size == 1)
        {
            Compute(compute, tree.Root, gradient, level: 0);
            return tree.Sum(losses);
        }
        for (int i = 0; i < own.Length; i++)
            Compute(compute, nodes[ranks.Rank][i], own[i].Span, level: 0);
        ExchangeLosses();
        ExchangeNodes();
        var (start, end) = OwnPart;
        var part = gradient[start..end];
        var sum = Sum(tree.Root, start, part, level: 0);
        if (sum != part)
            sum.CopyTo(part); // the sum of a single rank
        return tree.Sum(losses);
    }

    /// <summary>Gives all ranks the parts of all.</summary>
    /// <param name="values">[parameters]: <see cref="OwnPart"/> of each rank is given to the others.</param>
    /// <exception cref="CommunicationException">Another rank cannot be reached.</exception>
    public void Share(Span<float> values)
    {
        var (ownStart, ownEnd) = OwnPart;
        for (int step = 1; step < ranks.Size; step++)
        {
            var (to, from) = ranks.Partners(step);
            var (start, end) = PartOf(from);
            ranks.SendReceive(values[ownStart..ownEnd], to, values[start..end], from);
        }
    }

    /// <summary>The sum of a node whose shards this rank has.</summary>
    private void Compute(ShardGradient compute, ShardRange node, Span<float> sum, int level)
    {
        if (node.Count == 1)
        {
            losses[node.Start] = compute(node.Start, sum);
            return;
        }
        Compute(compute, node.Left, sum, level);
        var right = Spare(level, sum.Length);
        Compute(compute, node.Right, right, level + 1);
        Elementwise.Add(sum, right, sum);
    }

    /// <summary>One part of the sum of a node, of which this rank has the parts of all ranks' nodes.</summary>
    /// <param name="node">The node.</param>
    /// <param name="start">Where this part begins.</param>
    /// <param name="space">Where to write the sum, if it is not there yet.</param>
    /// <param name="level">How far down the tree.</param>
    /// <returns>The sum.</returns>
    private ReadOnlySpan<float> Sum(ShardRange node, int start, Span<float> space, int level)
    {
        if (places.TryGetValue(node, out var known))
            return PartOfNode(known.Rank, known.Place, start, space.Length);
        var left = Sum(node.Left, start, space, level);
        var right = Sum(node.Right, start, Spare(level, space.Length), level + 1);
        Elementwise.Add(left, right, space);
        return space;
    }

    /// <summary>A part of a node that one rank has added alone.</summary>
    private ReadOnlySpan<float> PartOfNode(int rank, int place, int start, int length) =>
        rank == ranks.Rank ? own[place].Span.Slice(start, length) : Received(rank, place, length);

    private Span<float> Received(int rank, int place, int length) => received[rank].AsSpan(place * length, length);

    /// <summary>Gives all ranks the losses of all shards.</summary>
    private void ExchangeLosses()
    {
        for (int step = 1; step < ranks.Size; step++)
        {
            var (to, from) = ranks.Partners(step);
            ranks.SendReceive(MemoryMarshal.AsBytes(LossesOf(ranks.Rank)), to, MemoryMarshal.AsBytes(LossesOf(from)), from);
        }
    }

    private Span<double> LossesOf(int rank) => losses.AsSpan(tree.ShardsOf(rank).Start, tree.ShardsOf(rank).Count);

    /// <summary>Sends each rank its part of this rank's nodes, and receives this rank's part of theirs.</summary>
    private void ExchangeNodes()
    {
        var (ownStart, ownEnd) = OwnPart;
        for (int step = 1; step < ranks.Size; step++)
        {
            var (to, from) = ranks.Partners(step);
            var (start, end) = PartOf(to);
            // The other ranks may have other numbers of nodes; node n of one rank always meets node n of another.
            for (int i = 0; i < Math.Max(own.Length, nodes[from].Count); i++)
            {
                var part = i < nodes[from].Count ? Received(from, i, ownEnd - ownStart) : default;
                if (i >= own.Length)
                    ranks.Receive(part, from);
                else if (i >= nodes[from].Count)
                    ranks.Send(own[i].Span[start..end], to);
                else
                    ranks.SendReceive(own[i].Span[start..end], to, part, from);
            }
        }
    }

    private (int Start, int End) PartOf(int rank) => Partition.Range(parameters, Cache.LineLength, rank, ranks.Size);

    private Span<float> Spare(int level, int length)
    {
        if (spare.Count == level)
            spare.Add(new AlignedArray<float>(length));
        else if (spare[level].Length < length)
            spare[level] = new AlignedArray<float>(length);
        return spare[level].Span[..length];
    }
}
