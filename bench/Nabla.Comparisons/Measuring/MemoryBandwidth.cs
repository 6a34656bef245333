using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nabla.Comparisons;

/// <summary>Bandwidth of main memory: one pass over arrays that are far larger than any cache.</summary>
internal static unsafe class MemoryBandwidth
{
    private const nuint Bytes = 512 << 20;
    private const int Runs = 5;

    /// <summary>The line at the head of a results file.</summary>
    public static string Describe()
    {
        var texts = Contender.ThreadCounts.Select(threads =>
        {
            var (read, triad) = Measure(threads);
            return string.Create(CultureInfo.InvariantCulture, $"{Contender.Text(threads)} {read:0.0} GB/s read, {triad:0.0} triad");
        });
        return $"- memory: {string.Join("; ", texts)} "
            + $"(best of {Runs}, arrays of {Bytes >> 20} MiB; triad is a = b + s c, the bytes of the three)";
    }

    private static (double Read, double Triad) Measure(int threads)
    {
        float* a = Allocate(), b = Allocate(), c = Allocate();
        try
        {
            double read = Best(threads, (start, length) => Read(b + start, length));
            double triad = Best(threads, (start, length) => Triad(b + start, c + start, a + start, length));
            return (Bytes / read / 1e9, 3 * Bytes / triad / 1e9);
        }
        finally
        {
            NativeMemory.AlignedFree(a);
            NativeMemory.AlignedFree(b);
            NativeMemory.AlignedFree(c);
        }
    }

    private static float* Allocate()
    {
        var values = (float*)NativeMemory.AlignedAlloc(Bytes, 4096);
        // The first write maps the pages.
        NativeMemory.Fill(values, Bytes, 0);
        return values;
    }

    /// <summary>Seconds of the fastest pass over the arrays, one part per thread.</summary>
    private static double Best(int threads, Action<nint, nint> pass) => Enumerable.Range(0, Runs).Min(_ =>
    {
        nint length = (nint)(Bytes / sizeof(float)) / threads;
        var others = Enumerable.Range(1, threads - 1).Select(part => new Thread(() => pass(part * length, length))).ToList();
        var clock = Stopwatch.StartNew();
        others.ForEach(thread => thread.Start());
        pass(0, length);
        others.ForEach(thread => thread.Join());
        return clock.Elapsed.TotalSeconds;
    });

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Read(float* a, nint length)
    {
        int width = Vector<float>.Count;
        Vector<float> s0 = default, s1 = default, s2 = default, s3 = default;
        for (nint i = 0; i < length; i += 4 * width)
        {
            s0 += Vector.Load(a + i);
            s1 += Vector.Load(a + i + width);
            s2 += Vector.Load(a + i + (2 * width));
            s3 += Vector.Load(a + i + (3 * width));
        }
        return Vector.Sum(s0 + s1 + s2 + s3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Triad(float* b, float* c, float* a, nint length)
    {
        var factor = new Vector<float>(3);
        for (nint i = 0; i < length; i += Vector<float>.Count)
            Vector.Store(Vector.Load(b + i) + (factor * Vector.Load(c + i)), a + i);
    }
}
