namespace Nabla.Mpi.Tests;

/// <summary>The program that <c>mpirun</c> starts in tests: one of several ranks, which carries out one case.</summary>
internal static class RankProgram
{
    /// <summary>The exit code after an error that the program has reported.</summary>
    public const int Failed = 5;

    /// <summary>The exit code with which a rank ends all others.</summary>
    public const int Aborted = 7;

    private static readonly Dictionary<string, Action<MpiCommunicator>> Cases = new(StringComparer.Ordinal)
    {
        ["operations"] = Operations.All,
        ["runtime"] = RuntimeChecks.All,
        ["mistakes"] = Mistakes.All,
        ["abort"] = Abort,
        ["fail"] = Fail,
        ["leave"] = Leave,
        ["wait"] = Wait,
        ["speed"] = Speed.Measure,
        ["huge"] = HugeMessages,
    };

    /// <summary>Carries out one case.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string name)
    {
        try
        {
            if (MpiCommunicator.Connect() is not { } ranks)
            {
                Console.WriteLine("a single process");
                return 0;
            }
            if (ranks.Rank == 0)
                Console.WriteLine($"{name}: {ranks}");
            foreach (string one in name.Split('+'))
                Cases[one](ranks);
            ranks.Close();
            Console.WriteLine($"rank {ranks.Rank} passed");
            return 0;
        }
        catch (Exception e) // of any kind: it is reported, and the exit code is the launcher's
        {
            Console.Error.WriteLine(e is NablaException ? $"error: {e.Message}" : e);
            return Failed;
        }
    }

    /// <summary>All ranks wait for messages that never come. Another thread of the last one ends them.</summary>
    private static void Abort(MpiCommunicator ranks)
    {
        ranks.Barrier();
        if (ranks.Rank == ranks.Size - 1)
        {
            new Thread(() =>
            {
                Thread.Sleep(100);
                ranks.Abort(Aborted);
            }).Start();
        }
        ranks.Receive(new byte[1], (ranks.Rank + 1) % ranks.Size);
    }

    /// <summary>The last rank fails, and the others wait for messages that never come.</summary>
    private static void Fail(MpiCommunicator ranks)
    {
        ranks.Barrier();
        if (ranks.Rank == ranks.Size - 1)
            throw new InvalidOperationException("This rank has failed.");
        ranks.Receive(new byte[1], ranks.Size - 1);
    }

    /// <summary>The last rank ends as if all were done, and the others wait for messages that never come.</summary>
    private static void Leave(MpiCommunicator ranks)
    {
        ranks.Barrier();
        if (ranks.Rank == ranks.Size - 1)
            Environment.Exit(0);
        ranks.Receive(new byte[1], ranks.Size - 1);
    }

    /// <summary>All ranks wait for messages that never come, until one is killed.</summary>
    private static void Wait(MpiCommunicator ranks)
    {
        ranks.Barrier();
        Console.WriteLine($"process {Environment.ProcessId} is rank {ranks.Rank}.");
        ranks.Receive(new byte[1], (ranks.Rank + 1) % ranks.Size);
    }

    /// <summary>Rank 0 sends and broadcasts more than 2^31 bytes.</summary>
    private static void HugeMessages(MpiCommunicator ranks)
    {
        float[] values = new float[(1 << 29) + 3];
        for (int round = 1; round <= 2; round++)
        {
            for (int i = 0; i < values.Length && ranks.Rank == 0; i++)
                values[i] = BitConverter.Int32BitsToSingle(i * (round + 2));
            if (round == 2)
                ranks.Broadcast(values, 0);
            else if (ranks.Rank == 0)
                ranks.Send(values, 1);
            else if (ranks.Rank == 1)
                ranks.Receive(values, 0);
            for (int i = 0; i < values.Length && (ranks.Rank < 2 || round == 2); i++)
            {
                if (BitConverter.SingleToInt32Bits(values[i]) != i * (round + 2))
                    throw new InvalidOperationException($"Round {round}: value {i} arrived with other bits.");
            }
        }
    }
}
