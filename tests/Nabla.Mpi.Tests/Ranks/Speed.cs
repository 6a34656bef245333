using System.Diagnostics;
using System.Numerics;

namespace Nabla.Mpi.Tests;

/// <summary>Latency and bandwidth of an exchange between two ranks, and the speed of an addition, printed.</summary>
internal static class Speed
{
    public static void Measure(MpiCommunicator ranks)
    {
        if (ranks.Rank < 2)
        {
            foreach (int bytes in (int[])[4, 1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20, 1 << 22, 1 << 24])
            {
                int rounds = Math.Clamp((1 << 26) / bytes, 20, 5_000);
                double seconds = Exchange(ranks, bytes, rounds) / rounds;
                if (ranks.Rank == 0)
                    Console.WriteLine($"{bytes,10} bytes: {seconds * 1e6:F1} us, {bytes / seconds / 1e9:F2} GB/s in each direction");
            }
        }
        double addition = Add(1 << 22);
        if (ranks.Rank == 0)
            Console.WriteLine($"addition: {addition * 1e9:F3} ns for each number");
        ranks.Barrier();
    }

    /// <summary>Seconds to add one number to another, in arrays larger than the caches; all ranks add at the same time.</summary>
    private static double Add(int length)
    {
        float[] sum = new float[length], added = new float[length];
        const int Rounds = 50;
        AddTo(sum, added);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Rounds; i++)
            AddTo(sum, added);
        return Stopwatch.GetElapsedTime(start).TotalSeconds / Rounds / length;
    }

    private static void AddTo(float[] sum, float[] added)
    {
        for (int i = 0; i < sum.Length; i += Vector<float>.Count)
            (new Vector<float>(sum, i) + new Vector<float>(added, i)).CopyTo(sum, i);
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
