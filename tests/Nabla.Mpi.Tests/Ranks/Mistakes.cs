namespace Nabla.Mpi.Tests;

/// <summary>What ranks can do wrong must be an error, and not another result.</summary>
internal static class Mistakes
{
    /// <summary>Rank 0 sends messages that are shorter and longer than rank 1 expects.</summary>
    public static void OtherLengths(MpiCommunicator ranks)
    {
        foreach (int length in (int[])[0, 8, 15, 17, 32])
        {
            if (ranks.Rank == 0)
                ranks.Send(new byte[length], 1);
            if (ranks.Rank == 1)
                MustFail(() => ranks.Receive(new byte[16], 0), length);
            ranks.Barrier();
            if (ranks.Rank == 0)
                ranks.SendReceive(new byte[length], 1, new byte[1], 1);
            if (ranks.Rank == 1)
                MustFail(() => ranks.SendReceive(new byte[1], 0, new byte[16], 0), length);
            ranks.Barrier();
        }
        int other = ranks.Rank == 0 ? 8 : 16;
        if (ranks.Rank == 0)
            ranks.Broadcast(Span<byte>.Empty, 0);
        else
            MustFail(() => ranks.Broadcast(new byte[other], 0), 0, isLast: true);
    }

    private static void MustFail(Action action, int length, bool isLast = false)
    {
        try
        {
            action();
        }
        catch (CommunicationException e)
        {
            Console.WriteLine($"as expected: {e.Message}");
            return;
        }
        throw new InvalidOperationException($"{length} bytes instead of 16 were no error{(isLast ? " in a broadcast" : "")}.");
    }
}
