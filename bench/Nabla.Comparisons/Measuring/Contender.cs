namespace Nabla.Comparisons;

/// <summary>One way to do what is compared: a library, how it is used, and with how many threads.</summary>
/// <param name="Library">The library; <see cref="Nabla"/> for this one.</param>
/// <param name="Variant">How it is used, where there are several ways.</param>
/// <param name="Threads">The number of threads that it may use.</param>
internal sealed record Contender(string Library, string Variant, int Threads)
{
    public const string Nabla = "Nabla";

    /// <summary>The numbers of threads that are compared.</summary>
    public static IReadOnlyList<int> ThreadCounts { get; } = Environment.ProcessorCount > 1 ? [1, 2] : [1];

    public bool IsNabla => Library == Nabla;

    /// <summary>Whether OpenMP's threads sleep while they wait, which are libtorch's. By default they spin for some milliseconds.</summary>
    public bool Sleeps { get; private init; }

    /// <summary>The library and how it is used: what a process needs to create it.</summary>
    public string Name => Variant.Length > 0 ? $"{Library}, {Variant}" : Library;

    /// <summary>The name for the results.</summary>
    public string Title => Sleeps ? $"{Name}, threads sleep" : Name;

    /// <summary>A use of libtorch with each number of threads, and with several threads also with sleeping ones.</summary>
    public static IEnumerable<Contender> WithOpenMp(string library, string variant)
    {
        foreach (int threads in ThreadCounts)
        {
            var contender = new Contender(library, variant, threads);
            yield return contender;
            if (threads > 1)
                yield return contender with { Sleeps = true };
        }
    }

    /// <summary>"1 thread" or "2 threads".</summary>
    public static string Text(int threads) => threads == 1 ? "1 thread" : $"{threads} threads";
}
