using System.Globalization;

namespace Nabla.Kernels;

/// <summary>The sizes of the blocks of a matrix product that depend on the processor. They affect time, never results.</summary>
/// <param name="Depth">The most k in a block.</param>
/// <param name="Left">Floats of the left operand in a packed block.</param>
/// <param name="Columns">Columns of the right operand in a packed block.</param>
internal readonly record struct BlockSizes(int Depth, int Left, int Columns)
{
    /// <summary>Those in use.</summary>
    public static BlockSizes InUse { get; } =
        For(CacheSizes.OfThisMachine, KernelChoice.Width).With(Environment.GetEnvironmentVariable(MachineReport.BlocksVariable) ?? "");

    /// <summary>Derives the sizes from what a thread has of each cache, as BLIS's analytical model does (Low et al., 2016).</summary>
    /// <remarks>
    /// That model keeps a strip of the right operand in L1. Here it may stay in L2, from which all processors prefetch it in time: then a
    /// tile has more k, and the time to begin and end it counts less. So a strip of the right operand takes an eighth of L2 and the block
    /// of the left operand three quarters; the block of the right operand takes half of L3.
    /// </remarks>
    /// <param name="caches">What a thread has.</param>
    /// <param name="width">The kernels, whose tiles are two vectors wide.</param>
    public static BlockSizes For(CacheSizes caches, KernelWidth width)
    {
        const int Grain = 64;
        int strip = 2 * (int)width * sizeof(float);
        int depth = Math.Clamp(caches.Level2 / 8 / strip, 256, 1024) / Grain * Grain;
        int left = Math.Max(caches.Level2 / 4 * 3 / sizeof(float), 2 * Blocking.TallestTile * depth);
        int columns = Math.Clamp(caches.Level3 / 2 / sizeof(float) / depth, 512, 2048) / Grain * Grain;
        return new(depth, left, columns);
    }

    /// <summary>Replaces the sizes that a text names: <c>depth=256,left=49152,columns=2048</c>, each of which may be missing.</summary>
    /// <exception cref="PlatformNotSupportedException">The text means something else.</exception>
    public BlockSizes With(string text)
    {
        var sizes = this;
        foreach (string setting in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = setting.Split('=');
            _ = int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int value);
            sizes = (parts.Length == 2 ? parts[0] : "", value) switch
            {
                ("depth", >= 8 and <= 1 << 14) => sizes with { Depth = value },
                ("left", >= 1 << 10 and <= 1 << 26) => sizes with { Left = value },
                ("columns", >= Blocking.WidestTile and <= 1 << 14) =>
                    sizes with { Columns = value / Blocking.WidestTile * Blocking.WidestTile },
                _ => throw new PlatformNotSupportedException(
                    $"{MachineReport.BlocksVariable}={text} is not understood. Use numbers as in {this}."),
            };
        }
        return sizes;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"depth={Depth},left={Left},columns={Columns}");
}
