namespace Nabla.Kernels.Tests;

public sealed class BlockSizesTests
{
    // What each hardware thread has of every level, in KiB, where all of them are busy; of different cores, the least.
    public static TheoryData<string, int, int, int, KernelWidth, string> Processors => new()
    {
        { "Intel Core i7-6700 (Skylake)", 16, 128, 1024, KernelWidth.Vector256, "depth=256,left=24576,columns=512" },
        { "Intel Xeon 8180 (Skylake)", 16, 512, 704, KernelWidth.Vector512, "depth=512,left=98304,columns=512" },
        { "Intel Core i9-12900, fast cores", 24, 640, 1280, KernelWidth.Vector256, "depth=1024,left=122880,columns=512" },
        { "Intel Core i9-12900, slow cores", 32, 512, 1280, KernelWidth.Vector256, "depth=1024,left=98304,columns=512" },
        { "Intel Core i9-12900 (Alder Lake)", 24, 512, 1280, KernelWidth.Vector256, "depth=1024,left=98304,columns=512" },
        { "Intel Xeon 8380 (Ice Lake)", 24, 640, 768, KernelWidth.Vector512, "depth=640,left=122880,columns=512" },
        { "AMD Ryzen 3700X (Zen 2)", 16, 256, 2048, KernelWidth.Vector256, "depth=512,left=49152,columns=512" },
        { "AMD Ryzen 5800X (Zen 3)", 16, 256, 2048, KernelWidth.Vector256, "depth=512,left=49152,columns=512" },
        { "AMD EPYC 7003, two virtual cores (Zen 3)", 32, 512, 16384, KernelWidth.Vector256, "depth=1024,left=98304,columns=2048" },
        { "AMD Ryzen 7700X (Zen 4)", 16, 512, 2048, KernelWidth.Vector512, "depth=512,left=98304,columns=512" },
        { "AMD Ryzen 9700X (Zen 5)", 24, 512, 2048, KernelWidth.Vector512, "depth=512,left=98304,columns=512" },
        { "AWS Graviton 3", 64, 1024, 512, KernelWidth.Vector128, "depth=1024,left=196608,columns=512" },
        { "Apple M2", 64, 1024, 1024, KernelWidth.Vector128, "depth=1024,left=196608,columns=512" },
        { "nothing is known", 32, 256, 1024, KernelWidth.Vector256, "depth=512,left=49152,columns=512" },
    };

    [Theory]
    [MemberData(nameof(Processors))]
    public void Blocks_suit_the_caches(string processor, int level1, int level2, int level3, KernelWidth width, string expected)
    {
        var caches = new CacheSizes(level1 << 10, level2 << 10, level3 << 10, "test");
        var sizes = BlockSizes.For(caches, width);
        Assert.Equal(expected, sizes.ToString());
        Assert.NotEmpty(processor);
        // A strip of the right operand, one of the left, and a block of the left one are in L2 together.
        int strip = sizes.Depth * 2 * (int)width * sizeof(float);
        Assert.True(strip + sizes.Left * sizeof(float) <= caches.Level2);
    }

    [Fact]
    public void A_text_replaces_them()
    {
        var sizes = new BlockSizes(1, 2, 3);
        Assert.Equal(sizes, sizes.With(""));
        Assert.Equal(new BlockSizes(256, 2, 3), sizes.With("depth=256"));
        Assert.Equal(new BlockSizes(256, 49152, 2048), sizes.With("columns=2048,depth=256,left=49152"));
        Assert.Equal(new BlockSizes(256, 49152, 2048), sizes.With(new BlockSizes(256, 49152, 2048).ToString()));
        Assert.Equal(32, sizes.With("columns=33").Columns);
    }

    [Theory]
    [InlineData("depth")]
    [InlineData("depth=")]
    [InlineData("depth=-256")]
    [InlineData("depth=0")]
    [InlineData("depth=99999999999")]
    [InlineData("width=3")]
    [InlineData("left=256,depth=256=1")]
    [InlineData("left=1e6")]
    [InlineData("columns=1")]
    public void A_text_that_is_not_understood_is_refused(string text)
    {
        var error = Assert.Throws<PlatformNotSupportedException>(() => new BlockSizes(1, 2, 3).With(text));
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
        Assert.Contains("depth=1,left=2,columns=3", error.Message, StringComparison.Ordinal);
    }
}
