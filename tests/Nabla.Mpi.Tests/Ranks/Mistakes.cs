namespace Nabla.Mpi.Tests;

/// <summary>What programs can do wrong must be an error, and not another result.</summary>
internal static class Mistakes
{
    public static void All(MpiCommunicator ranks)
    {
        Arguments(ranks);
        Expect.Throws<InvalidOperationException>("a second connection", () => MpiCommunicator.Connect());
        OtherLengths(ranks);
    }

    /// <summary>Ranks that do not exist, though MPI gives some of them a meaning; overlapping messages; impossible exit codes.</summary>
    public static void Arguments(ICommunicator ranks)
    {
        byte[] bytes = new byte[8];
        foreach (int rank in (int[])[-3, -2, -1, ranks.Size])
        {
            Expect.Throws<ArgumentOutOfRangeException>("Send", () => ranks.Send(bytes, rank));
            Expect.Throws<ArgumentOutOfRangeException>("Receive", () => ranks.Receive(bytes, rank));
            Expect.Throws<ArgumentOutOfRangeException>("SendReceive to", () => ranks.SendReceive(new byte[1], rank, bytes, 0));
            Expect.Throws<ArgumentOutOfRangeException>("SendReceive from", () => ranks.SendReceive(new byte[1], 0, bytes, rank));
            Expect.Throws<ArgumentOutOfRangeException>("Broadcast", () => ranks.Broadcast(bytes.AsSpan(), rank));
        }
        Expect.Throws<ArgumentException>("overlap", () => ranks.SendReceive(bytes.AsSpan(0, 5), 0, bytes.AsSpan(4), 0));
        Expect.Throws<ArgumentOutOfRangeException>("Abort", () => ranks.Abort(0));
        Expect.Throws<ArgumentOutOfRangeException>("Abort", () => ranks.Abort(256));
    }

    /// <summary>Rank 0 sends messages that are shorter and longer than rank 1 expects.</summary>
    private static void OtherLengths(MpiCommunicator ranks)
    {
        foreach (int length in (int[])[0, 8, 15, 17, 32])
        {
            if (ranks.Rank == 0)
                ranks.Send(new byte[length], 1);
            if (ranks.Rank == 1)
                MustFail(length, () => ranks.Receive(new byte[16], 0));
            ranks.Barrier();
            if (ranks.Rank == 0)
                ranks.SendReceive(new byte[length], 1, new byte[1], 1);
            if (ranks.Rank == 1)
                MustFail(length, () => ranks.SendReceive(new byte[1], 0, new byte[16], 0));
            ranks.Barrier();
        }
        if (ranks.Rank == 0)
            ranks.Broadcast(Span<byte>.Empty, 0);
        else
            MustFail(0, () => ranks.Broadcast(new byte[16].AsSpan(), 0));
    }

    private static void MustFail(int length, Action action)
    {
        var error = Expect.Throws<CommunicationException>($"{length} bytes instead of 16", action);
        Console.WriteLine($"as expected: {error.Message}");
    }
}
