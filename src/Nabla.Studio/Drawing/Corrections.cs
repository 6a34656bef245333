namespace Nabla.Studio;

/// <summary>Drawings that were read wrongly, with what they show: those for all networks that have read drawings. Thread-safe.</summary>
internal sealed class Corrections
{
    private const int Most = 500;

    private readonly List<Correction> all = [];
    private readonly Lock gate = new();

    /// <summary>Those that a network can learn from, the oldest first: it reads images of their size, and has their classes.</summary>
    public IReadOnlyList<Correction> For(DigitReader reader)
    {
        lock (gate)
            return [.. all.Where(each => Fits(each, reader))];
    }

    /// <exception cref="InvalidInputException">There are too many.</exception>
    public void Add(Correction correction)
    {
        lock (gate)
        {
            if (all.Count == Most)
            {
                throw new InvalidInputException(
                    "cannot keep the correction", "the corrections", $"there are {Most} already, for this network and others",
                    "Remove them.");
            }
            all.Add(correction);
        }
    }

    /// <summary>Forgets those that a network can learn from.</summary>
    public void Clear(DigitReader reader)
    {
        lock (gate)
            all.RemoveAll(each => Fits(each, reader));
    }

    private static bool Fits(Correction correction, DigitReader reader) =>
        correction.Shape.SequenceEqual(reader.Model.InputShape) && correction.Classes.SequenceEqual(reader.Model.ClassNames);
}

/// <summary>A drawing that was read wrongly.</summary>
/// <param name="Pixels">The input of the network.</param>
/// <param name="Shape">Its rows and columns.</param>
/// <param name="Classes">The names of the classes of the network.</param>
/// <param name="Label">The class that it shows.</param>
/// <param name="Read">The class that was read.</param>
internal sealed record Correction(byte[] Pixels, IReadOnlyList<int> Shape, IReadOnlyList<string> Classes, int Label, int Read);
