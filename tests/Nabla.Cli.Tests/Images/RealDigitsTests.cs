using System.Runtime.CompilerServices;

namespace Nabla.Cli.Tests;

public sealed class RealDigitsTests
{
    [Theory]
    [InlineData("x_train")]
    [InlineData("x_test")]
    public void All_images_of_MNIST_stay_as_they_are(string name)
    {
        byte[] all = Images(name);
        for (int n = 0; n < all.Length / 784; n++)
        {
            byte[] digit = all.AsSpan(n * 784, 784).ToArray();
            var (pixels, changes) = ImageFitting.Fit(new GreyImage(28, 28, digit), 28, 28, "digit.png");
            Assert.True(pixels.AsSpan().SequenceEqual(digit), $"{name} {n}: {changes}");
        }
    }

    [Fact]
    public void A_digit_of_MNIST_enlarged_comes_back_as_it_was()
    {
        byte[] all = Images("x_test");
        int same = 0;
        for (int n = 0; n < 1000; n++)
        {
            byte[] digit = all.AsSpan(n * 784, 784).ToArray();
            byte[] back = ImageFitting.Fit(Enlarged(digit, 5), 28, 28, "digit.png").Pixels;
            // What differs has no pixel of 255, and is stretched to have one; or fainter edges than count as ink.
            Assert.InRange(digit.Zip(back, (a, b) => Math.Abs(a - b)).Average(), 0, 0.5);
            same += digit.AsSpan().SequenceEqual(back) ? 1 : 0;
        }
        Assert.Equal(858, same);
    }

    private static byte[] Images(string name)
    {
        string folder = Path.GetFullPath(Path.Combine(SourceFolder(), "../../../../shared/data"));
        Assert.SkipUnless(File.Exists(Path.Combine(folder, "mnist.npz")), "../shared/data/mnist.npz is not there");
        using NpzReader archive = NpzReader.Open(Path.Combine(folder, "mnist.npz"));
        return archive.Read(name).ToBytes();
    }

    /// <summary>Black ink on white paper, each pixel a square.</summary>
    private static GreyImage Enlarged(byte[] digit, int times)
    {
        int size = 28 * times;
        byte[] levels = [.. Enumerable.Range(0, size * size).Select(i => (byte)(255 - digit[i / size / times * 28 + i % size / times]))];
        return new GreyImage(size, size, levels);
    }

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
