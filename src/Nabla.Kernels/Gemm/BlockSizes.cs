using System.Globalization;

namespace Nabla.Kernels;

/// <summary>The sizes of the blocks of a matrix product that depend on the processor. They affect time, never results.</summary>
/// <param name="Depth">The most k in a block.</param>
/// <param name="LeftFloats">Floats of the left operand in a packed block.</param>
/// <param name="Columns">Columns of the right operand in a packed block.</param>
internal readonly record struct BlockSizes(int Depth, int LeftFloats, int Columns)
{
    /// <summary>Name of the environment variable with other sizes, for experiments: depth=256,left=49152,columns=2048.</summary>
    public const string EnvironmentVariable = "NABLA_BLOCKS";

    private const int LeastDepth = 128, MostDepth = 1024, MostColumns = 2048;

    /// <summary>Those in use.</summary>
    public static BlockSizes InUse { get; } =
        For(CacheSizes.OfThisMachine, KernelChoice.Width).With(Environment.GetEnvironmentVariable(EnvironmentVariable));

    /// <summary>Derives the sizes from caches, as the analytical model of BLIS does (Low et al., 2016).</summary>
    public static BlockSizes For(CacheSizes caches, KernelWidth width)
    {
        int wide = 2 * (int)width;
        int depth = Math.Clamp(caches.Level1 / 2 / (wide * sizeof(float)) / 8 * 8, LeastDepth, MostDepth);
        int left = caches.Level2 / 2 / sizeof(float);
        int columns = Math.Clamp(caches.Level3 / 2 / (depth * sizeof(float)) / Blocking.WidestTile * Blocking.WidestTile, 256, MostColumns);
        return new(depth, Math.Max(left, Blocking.TallestTile * depth), columns);
    }

    private BlockSizes With(string? settings)
    {
        var sizes = this;
        foreach (string setting in (settings ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = setting.Split('=');
            int value = parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
            sizes = (parts[0], value) switch
            {
                ("depth", >= 8 and <= 65536) => sizes with { Depth = value },
                ("left", >= 1024 and <= 1 << 26) => sizes with { LeftFloats = value },
                ("columns", >= 32 and <= 65536) => sizes with { Columns = value / Blocking.WidestTile * Blocking.WidestTile },
                _ => throw new PlatformNotSupportedException(
                    $"{EnvironmentVariable}={settings} is not understood. Use depth=256,left=49152,columns=2048."),
            };
        }
        return sizes;
    }
}
