using System.Diagnostics;
using System.Globalization;

namespace Nabla.Comparisons;

/// <summary>
/// One contender in a process of its own: libraries in one process share an allocator, caches of memory and spinning threads, and are
/// slower than alone. The process waits for its turn without using the processor.
/// </summary>
internal sealed class ContenderProcess : IDisposable
{
    /// <summary>The first word of a question for a measurement.</summary>
    public const string MeasureCommand = "measure";

    /// <summary>The first word of a question for a result.</summary>
    public const string ResultCommand = "result";

    // An epoch of W3 takes a minute, on a busy machine several.
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    // No shorter than the steps in which systems count processor time.
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(16);
    private static readonly TimeSpan IdleTime = TimeSpan.FromMilliseconds(5);
    private const int Glances = 600;

    private readonly Process process;
    private readonly Task<string> errors;

    /// <summary>Starts the process; <see cref="WaitUntilReady"/> comes next.</summary>
    /// <param name="contender">The contender.</param>
    /// <param name="comparison">Name of the comparison.</param>
    /// <param name="task">What <see cref="ContenderServer"/> gets, beside the contender.</param>
    public ContenderProcess(Contender contender, string comparison, params IEnumerable<string> task)
    {
        Contender = contender;
        var start = Child.Self([ContenderServer.Command, comparison, contender.Name, $"{contender.Threads}", .. task]);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        LibrarySettings.SetThreads(start, contender.Threads, contender.Sleeps);
        process = Process.Start(start)!;
        errors = process.StandardError.ReadToEndAsync();
    }

    public Contender Contender { get; }

    /// <summary>Waits until it has read its data.</summary>
    /// <exception cref="InvalidOperationException">It ended, or did not answer in time. This is so for all questions.</exception>
    public void WaitUntilReady() => ReadLine();

    /// <summary>Has one measurement made, and waits until the process is idle again: threads can spin long after their work.</summary>
    /// <param name="words">What to measure, if the contender can do several things.</param>
    /// <returns>The seconds that it took, without the time for the messages.</returns>
    public double Measure(params IEnumerable<string> words)
    {
        double seconds = double.Parse(Ask(MeasureCommand, words), CultureInfo.InvariantCulture);
        WaitUntilIdle();
        return seconds;
    }

    /// <summary>The contender's result, to be compared with that of the others.</summary>
    /// <param name="words">What to compute, if the contender can do several things.</param>
    public float[] Result(params IEnumerable<string> words)
    {
        byte[] bytes = Convert.FromBase64String(Ask(ResultCommand, words));
        var values = new float[bytes.Length / sizeof(float)];
        Buffer.BlockCopy(bytes, 0, values, 0, bytes.Length);
        WaitUntilIdle();
        return values;
    }

    /// <summary>Ends the process; if it does not end by itself, with all processes that it has started.</summary>
    public void Dispose()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended.
        }
        if (!process.WaitForExit(Grace))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
        process.Dispose();
    }

    private void WaitUntilIdle()
    {
        // A single thread waits for no other, and so does not spin.
        if (Contender.Threads == 1)
            return;
        for (int i = 0; i < Glances; i++)
        {
            var before = process.TotalProcessorTime;
            Thread.Sleep(Glance);
            if (process.TotalProcessorTime - before < IdleTime)
                return;
        }
        throw new InvalidOperationException("it does not stop using the processor");
    }

    private string Ask(string command, IEnumerable<string> words)
    {
        try
        {
            process.StandardInput.WriteLine(string.Join(' ', words.Prepend(command)));
            process.StandardInput.Flush();
        }
        catch (IOException)
        {
            throw Ended();
        }
        return ReadLine();
    }

    private string ReadLine()
    {
        var line = process.StandardOutput.ReadLineAsync();
        if (!line.Wait(TimeLimit))
            throw new InvalidOperationException($"it did not answer within {TimeLimit.TotalMinutes} minutes");
        return line.Result ?? throw Ended();
    }

    private InvalidOperationException Ended()
    {
        if (!process.WaitForExit(Grace) || !errors.Wait(Grace))
            return new("it has closed its output");
        string[] lines = errors.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string? reason = lines.FirstOrDefault(line => line.StartsWith("Unhandled exception", StringComparison.Ordinal))
            ?? lines.LastOrDefault();
        return new($"it ended with exit code {process.ExitCode}: {reason ?? "no message"}");
    }
}
