namespace Nabla.Fuzz;

/// <summary>Random numbers of one execution (SplitMix64). The same seed, reader and index give the same numbers.</summary>
internal sealed class Rng
{
    private ulong state;

    public Rng(ulong seed, string reader, long index)
    {
        state = Mix(seed) ^ Mix((ulong)index + 0x9E3779B97F4A7C15);
        foreach (char letter in reader)
            state = Mix(state ^ letter);
    }

    public ulong Next() => Mix(state += 0x9E3779B97F4A7C15);

    /// <summary>A number from 0 to below a bound of at least 1.</summary>
    public int Below(int bound) => (int)((UInt128)Next() * (ulong)bound >> 64);

    public bool OneIn(int count) => Below(count) == 0;

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
