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

    /// <summary>The question for the result.</summary>
    public const string ResultCommand = "result";

    // No shorter than the steps in which systems count processor time.
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(16);
    private static readonly TimeSpan IdleTime = TimeSpan.FromMilliseconds(5);
    private const int Glances = 600;

    private readonly Process process;

    /// <summary>Starts the process; <see cref="WaitUntilReady"/> comes next.</summary>
    /// <param name="contender">The contender.</param>
    /// <param name="comparison">Name of the comparison.</param>
    /// <param name="task">What <see cref="ContenderServer"/> gets, beside the contender.</param>
    public ContenderProcess(Contender contender, string comparison, params IEnumerable<string> task)
    {
        Contender = contender;
        var start = Child.Self([ContenderServer.Command, comparison, contender.Name, $"{contender.Threads}", .. task]);
        start.RedirectStandardInput = start.RedirectStandardOutput = true;
        if (contender.Sleeps)
            start.Environment["OMP_WAIT_POLICY"] = "passive";
        process = Process.Start(start)!;
    }

    public Contender Contender { get; }

    /// <summary>Waits until it has read its data.</summary>
    /// <exception cref="InvalidOperationException">It ended; its standard error says why.</exception>
    public void WaitUntilReady() => ReadLine();

    /// <summary>Has one measurement made, and waits until the process is idle again: threads can spin long after their work.</summary>
    /// <param name="words">What to measure, if the contender can do several things.</param>
    /// <returns>The seconds that it took, without the time for the messages.</returns>
    public double Measure(params IEnumerable<string> words)
    {
        double seconds = double.Parse(Ask(string.Join(' ', words.Prepend(MeasureCommand))), CultureInfo.InvariantCulture);
        WaitUntilIdle();
        return seconds;
    }

    /// <summary>The contender's result, to be compared with that of the others.</summary>
    public float[] Result()
    {
        byte[] bytes = Convert.FromBase64String(Ask(ResultCommand));
        var values = new float[bytes.Length / sizeof(float)];
        Buffer.BlockCopy(bytes, 0, values, 0, bytes.Length);
        WaitUntilIdle();
        return values;
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
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
        throw new InvalidOperationException($"{Contender.Title} does not stop using the processor.");
    }

    private string Ask(string question)
    {
        process.StandardInput.WriteLine(question);
        process.StandardInput.Flush();
        return ReadLine();
    }

    private string ReadLine() => process.StandardOutput.ReadLine()
        ?? throw new InvalidOperationException($"{string.Join(' ', process.StartInfo.ArgumentList)} has ended.");
}
