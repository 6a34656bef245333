using Nabla.Kernels;

namespace Nabla;

/// <summary>
/// The built-in data set: handwritten digits that the program draws itself, 28 x 28 pixels of one byte (0 paper, 255 ink), ten classes.
/// </summary>
/// <remarks>
/// Strokes of several handwriting variants are deformed, slanted, drawn with pens of several widths, and centred as in MNIST. Example i of
/// a seed is the same image on every system, for any number of examples and threads.
/// </remarks>
public static class Digits
{
    /// <summary>Number of the first test example of <see cref="Load"/>; training examples are numbered from 0.</summary>
    public const long FirstTestExample = 1L << 32;

    private const string Name = "digits";
    private const int Classes = 10;
    private const int Pixels = Centring.Side * Centring.Side;

    // The order of the labels has its own streams, after those of the examples.
    private const ulong FirstLabelStream = 1UL << 63;

    private static readonly string[] ClassNames = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    /// <summary>Draws a training set and a test set without common examples.</summary>
    /// <param name="trainCount">Number of training examples: examples 0 to trainCount - 1.</param>
    /// <param name="testCount">Number of test examples, which start at <see cref="FirstTestExample"/>.</param>
    /// <param name="seed">Seed of the images.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or too large for one array of pixels.</exception>
    public static (Dataset Train, Dataset Test) Load(int trainCount = 60_000, int testCount = 10_000, ulong seed = 1) =>
        (Generate(trainCount, seed), Generate(testCount, seed, FirstTestExample));

    /// <summary>Draws the examples from first to first + count - 1 of a seed.</summary>
    /// <param name="count">Number of examples, at least 0.</param>
    /// <param name="seed">Seed of the images.</param>
    /// <param name="first">Number of the first example, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The count or the first number is negative, or the count too large for one array of pixels.
    /// </exception>
    public static Dataset Generate(int count, ulong seed, long first = 0) => Generate(count, seed, first, Environment.ProcessorCount);

    /// <summary>Draws with a given number of threads, which does not change the result.</summary>
    internal static Dataset Generate(int count, ulong seed, long first, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Array.MaxLength / Pixels);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        var pixels = new byte[count * Pixels];
        var labels = new int[count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, () => new DigitPainter(), (i, _, painter) =>
        {
            ulong example = (ulong)first + (ulong)i;
            labels[i] = Label(seed, example);
            painter.Draw(labels[i], new RandomStream(seed, RandomPurpose.Digits, example), pixels.AsSpan(i * Pixels, Pixels));
            return painter;
        }, _ => { });
        var inputs = FeatureTable.FromBytes(pixels, count, Pixels);
        return new Dataset(Name, inputs, new ClassTargets(labels, ClassNames), inputShape: [Centring.Side, Centring.Side]);
    }

    /// <summary>The label of an example. Each block of ten examples contains each digit once, in random order.</summary>
    private static int Label(ulong seed, ulong example)
    {
        Span<int> order = stackalloc int[Classes];
        var stream = new RandomStream(seed, RandomPurpose.Digits, FirstLabelStream + example / Classes);
        Permutation.Fill(order, ref stream);
        return order[(int)(example % Classes)];
    }
}
