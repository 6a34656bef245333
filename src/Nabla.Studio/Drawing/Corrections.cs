namespace Nabla.Studio;

/// <summary>Drawings that were read wrongly, with what they show. Thread-safe.</summary>
internal sealed class Corrections
{
    private const int Most = 500;

    private readonly List<Correction> all = [];
    private readonly Lock gate = new();

    /// <summary>All corrections, the oldest first.</summary>
    public IReadOnlyList<Correction> All
    {
        get
        {
            lock (gate)
                return [.. all];
        }
    }

    /// <exception cref="InvalidInputException">There are too many.</exception>
    public void Add(Correction correction)
    {
        lock (gate)
        {
            if (all.Count == Most)
            {
                throw new InvalidInputException(
                    "cannot keep the correction", "the corrections", $"there are {Most} already", "Train on them, or remove them.");
            }
            all.Add(correction);
        }
    }

    public void Clear()
    {
        lock (gate)
            all.Clear();
    }
}

/// <summary>A drawing that was read wrongly.</summary>
/// <param name="Pixels">The input of the network.</param>
/// <param name="Label">The class that it shows.</param>
/// <param name="Read">The class that was read.</param>
internal sealed record Correction(byte[] Pixels, int Label, int Read);
