using System.Diagnostics;

namespace Nabla.Fuzz;

/// <summary>Executions of one reader, and what was wrong.</summary>
/// <param name="target">The reader.</param>
/// <param name="seed">The seed of the files.</param>
internal sealed class FuzzRun(FuzzTarget target, ulong seed)
{
    private const int MostFindings = 20;

    /// <summary>More time for one file of some kilobytes is a finding, if a second attempt takes as long.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly Stopwatch clock = new();
    private long allocated;

    public long Executions { get; private set; }

    public long Accepted { get; private set; }

    public TimeSpan Slowest { get; private set; }

    /// <summary>The largest share of the memory allowed for a file that reading it took.</summary>
    public double LargestShare { get; private set; }

    /// <summary>When the execution under way began (Stopwatch.GetTimestamp), and its index, for a watchdog.</summary>
    public (long Began, long Index) Current { get; private set; }

    public List<string> Findings { get; } = [];

    /// <summary>All files that are right must be accepted; this also initializes what readers need once.</summary>
    public void ReadSamples()
    {
        for (int round = 0; round < 2; round++)
        {
            foreach (var (number, sample) in target.Samples.Index())
            {
                if (Attempt(sample, out object? result, out var error) is not null || result is null)
                    Findings.Add($"{target.Name}: sample {number} is refused: {error?.Message}");
                else if (target.WhyNotRepeated(result) is { } why)
                    Findings.Add($"{target.Name}: sample {number} {why}");
            }
        }
    }

    /// <summary>One execution.</summary>
    /// <returns>False if there are too many findings to go on.</returns>
    public bool Execute(long index)
    {
        byte[] file = target.Make(new Rng(seed, target.Name, index));
        Current = (Stopwatch.GetTimestamp(), index);
        string? finding = Judge(file);
        if (finding is not null)
            Findings.Add($"{target.Name}: {finding}. Repeat it with --reader {target.Name} --seed {seed} --replay {index}");
        Executions++;
        return Findings.Count < MostFindings;
    }

    /// <summary>What is wrong with the way a file is read; null if nothing is.</summary>
    public string? Judge(byte[] file)
    {
        if (Attempt(file, out object? result, out _) is { } wrong)
            return wrong;
        if (Excess(file, result) is not null || clock.Elapsed > Longest)
        {
            // Once more: what is initialized once, or another program that is busy, is no finding.
            Attempt(file, out result, out _);
            if (Excess(file, result) is { } excess)
                return excess;
            if (clock.Elapsed > Longest)
                return $"it takes {clock.Elapsed.TotalSeconds:F1} s to read {file.Length} bytes";
        }
        Slowest = clock.Elapsed > Slowest ? clock.Elapsed : Slowest;
        if (result is null)
            return null;
        Accepted++;
        return Repeat(result);
    }

    private string? Attempt(byte[] file, out object? result, out NablaException? refusal)
    {
        result = null;
        refusal = null;
        long before = GC.GetAllocatedBytesForCurrentThread();
        clock.Restart();
        try
        {
            result = target.Read(file);
        }
        catch (NablaException error)
        {
            refusal = error;
        }
#pragma warning disable CA1031 // any other exception is what we look for
        catch (Exception error)
#pragma warning restore CA1031
        {
            return $"{error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")}{error.StackTrace?.ReplaceLineEndings(" ")}";
        }
        finally
        {
            clock.Stop();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        return refusal is { Where: "" } or { Why: "" } or { Remedy: "" } ? "a part of the message is empty" : null;
    }

    /// <summary>Whether reading took more memory than the file pays for: 2 x (input + what is decoded) + 64 KiB.</summary>
    private string? Excess(byte[] file, object? result)
    {
        long allowed = 2L * file.Length + target.FixedBytes;
        if (allocated > allowed / 2)
            allowed += 2 * target.DecodedBytes(file, result);
        LargestShare = Math.Max(LargestShare, Math.Min((double)allocated / allowed, 1));
        return allocated > allowed ? $"{allocated} bytes are allocated for {file.Length}, and {allowed} are allowed" : null;
    }

    private string? Repeat(object result)
    {
        try
        {
            return target.WhyNotRepeated(result);
        }
#pragma warning disable CA1031 // any exception is a finding
        catch (Exception error)
#pragma warning restore CA1031
        {
            return $"accepted, but not written and read again: {error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")}"
                + error.StackTrace?.ReplaceLineEndings(" ");
        }
    }
}
