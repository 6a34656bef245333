namespace Nabla.Mpi.Tests;

/// <summary>What every communicator must do. All ranks call these methods; an exception is a failure.</summary>
internal static class Operations
{
    private const int LongestPart = 100; // floats, so that short messages have many parts

    public static void All(ICommunicator ranks)
    {
        PingPong(ranks);
        Ring(ranks);
        Parts(ranks);
        InRandomOrder(ranks, seed: 1, count: 150);
        BigMessages(ranks, floats: 1_000_000);
        ranks.Barrier();
    }

    /// <summary>Rank 0 exchanges messages of many lengths with each other rank.</summary>
    public static void PingPong(ICommunicator ranks)
    {
        int[] lengths = [0, 1, 3, 64, 1000, 4096, 65_537, 1_000_000];
        for (int other = 1; other < ranks.Size; other++)
        {
            foreach (int length in lengths)
            {
                byte[] received = new byte[length];
                if (ranks.Rank == 0)
                {
                    ranks.Send(Pattern.Bytes(length, 0, other), other);
                    ranks.Receive(received, other);
                    Pattern.Check(received, other, length);
                }
                else if (ranks.Rank == other)
                {
                    ranks.Receive(received, 0);
                    Pattern.Check(received, 0, other);
                    ranks.Send(Pattern.Bytes(length, other, length), 0);
                }
            }
        }
    }

    /// <summary>All ranks pass messages to the next one at the same time; with one rank, to itself.</summary>
    public static void Ring(ICommunicator ranks)
    {
        int next = (ranks.Rank + 1) % ranks.Size, previous = (ranks.Rank + ranks.Size - 1) % ranks.Size;
        foreach (int length in (int[])[0, 1, 1000, 65_536, 1_000_000])
        {
            // Each rank sends another length than it receives.
            byte[] received = new byte[length + previous];
            ranks.SendReceive(Pattern.Bytes(length + ranks.Rank, ranks.Rank, length), next, received, previous);
            Pattern.Check(received, previous, length);
            ranks.Barrier();
        }
    }

    /// <summary>Messages in several parts, of which ranks send and receive different numbers.</summary>
    public static void Parts(ICommunicator ranks)
    {
        int next = (ranks.Rank + 1) % ranks.Size, previous = (ranks.Rank + ranks.Size - 1) % ranks.Size;
        foreach (int length in (int[])[0, 1, LongestPart - 1, LongestPart, LongestPart + 1, 10 * LongestPart])
        {
            float[] received = new float[length * (1 + previous)];
            CommunicatorExtensions.SendReceiveParts(
                ranks, Pattern.Floats(length * (1 + ranks.Rank), ranks.Rank, length), next, received, previous, LongestPart);
            Pattern.Check(received, previous, length);

            float[] shared = Pattern.Floats(length, ranks.Rank, 7);
            CommunicatorExtensions.BroadcastParts(ranks, shared, ranks.Size - 1, LongestPart);
            Pattern.Check(shared, ranks.Size - 1, 7);

            if (ranks.Size > 1 && ranks.Rank == 0)
                CommunicatorExtensions.SendParts(ranks, Pattern.Floats(length, 0, 8), 1, LongestPart);
            if (ranks.Rank == 1)
            {
                float[] values = new float[length];
                CommunicatorExtensions.ReceiveParts(ranks, values, 0, LongestPart);
                Pattern.Check(values, 0, 8);
            }
        }
    }

    /// <summary>Operations drawn at random, the same ones on all ranks, each of which comes to them at another time.</summary>
    public static void InRandomOrder(ICommunicator ranks, int seed, int count)
    {
        var random = new Random(seed);
        var pauses = new Random(seed + ranks.Rank);
        for (int number = 0; number < count; number++)
        {
            int root = random.Next(ranks.Size), other = random.Next(ranks.Size), length = random.Next(3000);
            if (pauses.Next(50) == 0)
                Thread.Sleep(1);
            switch (random.Next(5))
            {
                case 0 when root != other:
                    SendOne(ranks, root, other, length, number);
                    break;
                case 1:
                    Shift(ranks, other, length, number);
                    break;
                case 2:
                    float[] values = Pattern.Floats(length, ranks.Rank, number);
                    ranks.Broadcast(values, root);
                    Pattern.Check(values, root, number);
                    break;
                case 3:
                    Gather(ranks, root, length, number);
                    break;
                default:
                    ranks.Barrier();
                    break;
            }
        }
    }

    /// <summary>All ranks send a long message to the next one, and broadcast one.</summary>
    public static void BigMessages(ICommunicator ranks, int floats)
    {
        Shift(ranks, 1, floats, number: 1);
        float[] values = Pattern.Floats(floats, ranks.Rank, 2);
        ranks.Broadcast(values, 0);
        Pattern.Check(values, 0, 2);
    }

    private static void SendOne(ICommunicator ranks, int from, int to, int length, int number)
    {
        float[] values = new float[length];
        if (ranks.Rank == from)
            ranks.Send(Pattern.Floats(length, from, number), to);
        if (ranks.Rank != to)
            return;
        ranks.Receive(values, from);
        Pattern.Check(values, from, number);
    }

    private static void Shift(ICommunicator ranks, int distance, int length, int number)
    {
        int from = (ranks.Rank + ranks.Size - (distance % ranks.Size)) % ranks.Size;
        float[] received = new float[length];
        ranks.SendReceive(Pattern.Floats(length, ranks.Rank, number), (ranks.Rank + distance) % ranks.Size, received, from);
        Pattern.Check(received, from, number);
    }

    private static void Gather(ICommunicator ranks, int root, int length, int number)
    {
        byte[] given = ranks.BroadcastBytes(ranks.Rank == root ? Pattern.Bytes(length, root, number) : [1], root);
        if (given.Length != length)
            throw new InvalidOperationException($"{given.Length} bytes came from rank {root}, which has {length}.");
        Pattern.Check(given, root, number);
        byte[][]? all = ranks.GatherBytes(Pattern.Bytes(length + ranks.Rank, ranks.Rank, number), root);
        if ((all is not null) != (ranks.Rank == root) || (all is not null && all.Length != ranks.Size))
            throw new InvalidOperationException($"Rank {ranks.Rank} has {all?.Length} results of {ranks.Size}, gathered on rank {root}.");
        for (int rank = 0; rank < all?.Length; rank++)
        {
            if (all[rank].Length != length + rank)
                throw new InvalidOperationException($"{all[rank].Length} bytes came from rank {rank}, which has {length + rank}.");
            Pattern.Check(all[rank], rank, number);
        }
    }
}
