using Nabla.Kernels;

namespace Nabla;

/// <summary>
/// The built-in data set: handwritten digits that the program draws itself, 28 x 28 pixels of one byte (0 paper, 255 ink), ten classes.
/// </summary>
/// <remarks>
/// Strokes of several handwriting variants are deformed, slanted, drawn with pens of several widths and centred as MNIST is. Example i of
/// a seed is the same picture on every system, however many are drawn and by however many threads.
/// </remarks>
public static class Digits
{
    /// <summary>Number of the first example that <see cref="Load"/> draws for testing; training examples are numbered from 0.</summary>
    public const long FirstTestExample = 1L << 32;

    private const string Name = "digits";
    private const int Classes = 10;
    private const int Pixels = Centring.Side * Centring.Side;

    // The order of the labels has streams of its own, beyond those of the examples.
    private const ulong FirstLabelStream = 1UL << 63;

    private static readonly string[] ClassNames = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    /// <summary>Draws a training set and a test set, which share no example.</summary>
    /// <param name="trainCount">Examples 0 .. trainCount - 1 are for training.</param>
    /// <param name="testCount">As many, from <see cref="FirstTestExample"/> on, are for testing.</param>
    /// <param name="seed">Another seed, other pictures.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or too large for one array of pixels.</exception>
    public static (Dataset Train, Dataset Test) Load(int trainCount = 60_000, int testCount = 10_000, ulong seed = 1) =>
        (Generate(trainCount, seed), Generate(testCount, seed, FirstTestExample));

    /// <summary>Draws examples first .. first + count - 1 of a seed.</summary>
    /// <param name="count">How many, 0 or more.</param>
    /// <param name="seed">Another seed, other pictures.</param>
    /// <param name="first">Number of the first example, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The count or the first number is negative, or the count too large for one array of pixels.
    /// </exception>
    public static Dataset Generate(int count, ulong seed, long first = 0) => Generate(count, seed, first, Environment.ProcessorCount);

    /// <summary>Draws with a given number of threads, which changes no bit.</summary>
    internal static Dataset Generate(int count, ulong seed, long first, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Array.MaxLength / Pixels);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        var pixels = new byte[count * Pixels];
        var labels = new int[count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, () => new DigitArtist(), (i, _, artist) =>
        {
            ulong example = (ulong)first + (ulong)i;
            labels[i] = Label(seed, example);
            artist.Draw(labels[i], new RandomStream(seed, RandomPurpose.Digits, example), pixels.AsSpan(i * Pixels, Pixels));
            return artist;
        }, _ => { });
        var inputs = FeatureTable.FromBytes(pixels, count, Pixels);
        return new Dataset(Name, inputs, new ClassTargets(labels, ClassNames), inputShape: [Centring.Side, Centring.Side]);
    }

    /// <summary>The label of an example: each ten examples in a row hold each digit once, in random order.</summary>
    private static int Label(ulong seed, ulong example)
    {
        Span<int> order = stackalloc int[Classes];
        var stream = new RandomStream(seed, RandomPurpose.Digits, FirstLabelStream + example / Classes);
        Permutation.Fill(order, ref stream);
        return order[(int)(example % Classes)];
    }
}
