using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Nabla.Cli;

/// <summary>Compares the fingerprints of training runs with the first one of each.</summary>
/// <param name="output">Receives the first difference.</param>
internal sealed class FingerprintComparison(TextWriter output)
{
    private readonly Dictionary<string, string> first = [];
    private readonly HashSet<(string Level, string Run, int Threads)> compared = [];

    /// <summary>Different configurations so far: a training run with a number of threads at a level.</summary>
    public int Compared => compared.Count;

    /// <summary>Those that differ.</summary>
    public int Different { get; private set; }

    /// <summary>Whether each training run has one fingerprint.</summary>
    public bool AllEqual => Different == 0;

    /// <summary>One number for the fingerprints of all training runs.</summary>
    public string Digest => DigestOf(first.Values);

    /// <summary>The digest of fingerprints.</summary>
    public static string DigestOf(IEnumerable<string> fingerprints) =>
        "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(fingerprints))));

    /// <summary>What was compared, in one line.</summary>
    public string Figure(int levels, ulong seed) =>
        $"{Compared} configurations ({levels} levels, {first.Count} training runs, teams of {compared.Min(one => one.Threads)} to "
        + $"{compared.Max(one => one.Threads)} threads, seed {seed}), {(AllEqual ? $"all equal: {Digest}" : $"{Different} differ")}";

    /// <summary>Adds a configuration.</summary>
    /// <param name="level">At which level it trained, for the message.</param>
    /// <param name="one">The configuration.</param>
    public void Add(string level, Configuration one)
    {
        compared.Add((level, one.Run, one.Threads));
        if (first.TryAdd(one.Run, one.Fingerprint) || first[one.Run] == one.Fingerprint)
            return;
        if (Different++ == 0)
            output.WriteLine($"differs first: {one.Run}, {one.Threads} threads, {level}: {one.Fingerprint}, not {first[one.Run]}");
    }
}

/// <summary>A training run with a number of threads, that of its team, and what it led to.</summary>
internal sealed record Configuration(string Run, int Threads, string Fingerprint)
{
    /// <summary>The line from which <see cref="Parse"/> reads it.</summary>
    public string Line => $"{Run} {Threads} {Fingerprint}";

    /// <summary>Reads a line.</summary>
    public static Configuration Parse(string line)
    {
        string[] parts = line.Split(' ');
        return new(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2]);
    }
}
