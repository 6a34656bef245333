using System.Diagnostics;

namespace Nabla.Mpi.Tests;

/// <summary>Latency and bandwidth of an exchange between two ranks, printed.</summary>
internal static class Speed
{
    public static void Measure(MpiCommunicator ranks)
    {
        if (ranks.Rank < 2)
        {
            foreach (int bytes in (int[])[4, 4096, 1 << 16, 1 << 20, 1 << 24])
            {
                int rounds = Math.Clamp((1 << 28) / bytes, 20, 20_000);
                double seconds = Exchange(ranks, bytes, rounds) / rounds;
                if (ranks.Rank == 0)
                    Console.WriteLine($"{bytes,10} bytes: {seconds * 1e6:F1} us, {bytes / seconds / 1e9:F2} GB/s in each direction");
            }
        }
        ranks.Barrier();
    }

    private static double Exchange(MpiCommunicator ranks, int bytes, int rounds)
    {
        byte[] sent = new byte[bytes], received = new byte[bytes];
        int other = 1 - ranks.Rank;
        for (int i = 0; i < rounds / 10; i++)
            ranks.SendReceive(sent, other, received, other);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < rounds; i++)
            ranks.SendReceive(sent, other, received, other);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
