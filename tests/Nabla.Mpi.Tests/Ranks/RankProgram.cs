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
        ["lengths"] = Mistakes.OtherLengths,
        ["abort"] = Abort,
        ["fail"] = Fail,
        ["leave"] = Leave,
        ["speed"] = Speed.Measure,
        ["huge"] = ranks => Operations.BigMessages(ranks, (1 << 29) + 1), // more than 2^31 bytes
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

    /// <summary>The last rank ends all others, which wait for messages that never come.</summary>
    private static void Abort(MpiCommunicator ranks)
    {
        ranks.Barrier();
        if (ranks.Rank == ranks.Size - 1)
            ranks.Abort(Aborted);
        ranks.Receive(new byte[1], ranks.Size - 1);
    }

    /// <summary>The last rank fails, and the others wait for messages that never come.</summary>
    private static void Fail(MpiCommunicator ranks)
    {
        ranks.Barrier();
        if (ranks.Rank == ranks.Size - 1)
            throw new InvalidOperationException("This rank has failed.");
        ranks.Receive(new byte[1], ranks.Size - 1);
    }

    private static void Leave(MpiCommunicator ranks)
    {
        ranks.Barrier();
        if (ranks.Rank == ranks.Size - 1)
            Environment.Exit(0);
        ranks.Receive(new byte[1], ranks.Size - 1);
    }
}
