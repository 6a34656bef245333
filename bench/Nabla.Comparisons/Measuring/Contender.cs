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

    /// <summary>Nabla with each number of threads.</summary>
    public static IEnumerable<Contender> Ours => ThreadCounts.Select(threads => new Contender(Nabla, "", threads));

    public bool IsNabla => Library == Nabla;

    /// <summary>Whether it is a limit of the machine, which computes nothing that could be compared.</summary>
    public bool IsLimit { get; init; }

    /// <summary>Whether its threads sleep while they wait. By default, they spin for some milliseconds first.</summary>
    public bool Sleeps { get; private init; }

    /// <summary>The library and how it is used: what a process needs to create it.</summary>
    public string Name => Variant.Length > 0 ? $"{Library}, {Variant}" : Library;

    /// <summary>The name for the results.</summary>
    public string Title => Sleeps ? $"{Name}, threads sleep" : Name;

    /// <summary>A peer with each number of threads, and with several threads also with sleeping ones.</summary>
    public static IEnumerable<Contender> Peer(string library, string variant)
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
