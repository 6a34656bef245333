using Nabla.Kernels;

namespace Nabla;

/// <summary>The random numbers that distort one example in one epoch: a function of seed, epoch and row alone.</summary>
/// <remarks>
/// An example has one random stream in each epoch. The first two blocks of four words are for the affine change, each with its own word,
/// so that no option changes what another draws; elastic displacements have the blocks from the third.
/// </remarks>
/// <param name="seed">The seed of the training run.</param>
/// <param name="epoch">The epoch, counted from 0.</param>
/// <param name="row">The example's row in the data set.</param>
internal readonly struct AugmentationDraw(ulong seed, int epoch, int row)
{
    private const int NumbersOfABlock = 8;
    private const uint FirstElasticBlock = 2;

    private readonly ulong index = (ulong)(uint)epoch << 32 | (uint)row;

    /// <summary>How the example is zoomed, sheared, rotated and shifted.</summary>
    /// <param name="limits">The largest change of each sort.</param>
    public AffineChange Affine(Augmentation limits)
    {
        var (shiftX, shiftY, rotation, shear) = Block(0);
        var (zoomX, zoomY, _, _) = Block(1);
        return new AffineChange
        {
            ShiftX = limits.Shift * Symmetric(shiftX),
            ShiftY = limits.Shift * Symmetric(shiftY),
            Rotation = limits.Rotation * Symmetric(rotation),
            Shear = limits.Shear * Symmetric(shear),
            ZoomX = 1 + limits.Zoom * Symmetric(zoomX),
            ZoomY = 1 + limits.Zoom * Symmetric(zoomY),
        };
    }

    /// <summary>Fills a span with odd whole numbers, uniform from -65535 to 65535: each takes half a random word.</summary>
    /// <param name="numbers">The random displacements times 65536, before they are smoothed.</param>
    public void FillElastic(Span<float> numbers)
    {
        uint block = FirstElasticBlock;
        for (; numbers.Length >= NumbersOfABlock; numbers = numbers[NumbersOfABlock..])
            Fill(Block(block++), numbers);
        if (numbers.IsEmpty)
            return;
        Span<float> last = stackalloc float[NumbersOfABlock];
        Fill(Block(block), last);
        last[..numbers.Length].CopyTo(numbers);
    }

    private static void Fill((uint Word0, uint Word1, uint Word2, uint Word3) words, Span<float> numbers)
    {
        numbers[7] = High(words.Word3);
        numbers[6] = Low(words.Word3);
        numbers[5] = High(words.Word2);
        numbers[4] = Low(words.Word2);
        numbers[3] = High(words.Word1);
        numbers[2] = Low(words.Word1);
        numbers[1] = High(words.Word0);
        numbers[0] = Low(words.Word0);
    }

    private static float Low(uint word) => 2 * (short)word + 1;

    private static float High(uint word) => 2 * ((int)word >> 16) + 1;

    /// <summary>The middle of one of 2^32 equal intervals from -1 to 1.</summary>
    private static double Symmetric(uint word) => (word + 0.5) * (1.0 / (1L << 31)) - 1;

    private (uint Word0, uint Word1, uint Word2, uint Word3) Block(uint number) =>
        RandomStream.Block(seed, RandomPurpose.Augmentation, index, number);
}
