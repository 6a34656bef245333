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

    private readonly Process process;

    /// <summary>Starts the process, and waits until it is ready.</summary>
    /// <param name="environment">Further environment variables.</param>
    /// <param name="arguments">What <see cref="ContenderServer"/> gets.</param>
    /// <exception cref="InvalidOperationException">It ended; its standard error says why.</exception>
    public ContenderProcess(IEnumerable<(string Name, string Value)> environment, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath!, [typeof(ContenderProcess).Assembly.Location, ContenderServer.Command, .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        process = Process.Start(start)!;
        ReadLine();
    }

    /// <summary>Has one measurement made.</summary>
    /// <param name="words">What to measure, if the contender can do several things.</param>
    /// <returns>The seconds that it took, without the time for the messages.</returns>
    public double Measure(params IEnumerable<string> words) =>
        double.Parse(Ask(string.Join(' ', words.Prepend(MeasureCommand))), CultureInfo.InvariantCulture);

    /// <summary>The contender's result, to be compared with that of the others.</summary>
    public float[] Result()
    {
        byte[] bytes = Convert.FromBase64String(Ask(ResultCommand));
        var values = new float[bytes.Length / sizeof(float)];
        Buffer.BlockCopy(bytes, 0, values, 0, bytes.Length);
        return values;
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
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
