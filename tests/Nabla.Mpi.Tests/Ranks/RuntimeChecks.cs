using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Nabla.Mpi.Tests;

/// <summary>What .NET does by signals, threads and child processes still works beside a library of MPI.</summary>
internal static class RuntimeChecks
{
    public static void All(MpiCommunicator ranks)
    {
        Exceptions();
        Collections(ranks);
        ChildProcess();
        Interrupt();
        ranks.Barrier();
    }

    /// <summary>Exceptions that the runtime makes of SIGSEGV and SIGFPE.</summary>
    private static void Exceptions()
    {
        for (int i = 0; i < 100; i++)
        {
            Expect.Throws<NullReferenceException>("SIGSEGV", () => Hidden(Hidden<string>(null!).Length));
            Expect.Throws<DivideByZeroException>("SIGFPE", () => Hidden(1 / Hidden(0)));
        }
    }

    /// <summary>Threads allocate and collect while this one waits inside MPI; so the runtime has to suspend it.</summary>
    private static void Collections(MpiCommunicator ranks)
    {
        int before = GC.CollectionCount(2);
        Thread[] threads = [.. Enumerable.Range(0, 2).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < 10; i++)
            {
                Hidden(new byte[1_000_000]);
                GC.Collect();
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Operations.InRandomOrder(ranks, seed: 2, count: 40);
        Array.ForEach(threads, thread => thread.Join());
        if (GC.CollectionCount(2) < before + 10) // two threads may share one
            throw new InvalidOperationException("There were fewer collections than were asked for.");
    }

    private static void ChildProcess()
    {
        using var process = Process.Start(new ProcessStartInfo("echo", "hello") { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(10_000) || process.ExitCode != 0 || output != "hello\n")
            throw new InvalidOperationException($"A child process said \"{output}\".");
    }

    private static void Interrupt()
    {
        using var interrupted = new ManualResetEventSlim();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            interrupted.Set();
        };
        using var kill = Process.Start("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -INT {Environment.ProcessId}")]);
        if (!interrupted.Wait(10_000))
            throw new InvalidOperationException("SIGINT did not arrive at Console.CancelKeyPress.");
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // so that the compiler does not see what is meant
    private static T Hidden<T>(T value) => value;
}
