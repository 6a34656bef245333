using Nabla.Kernels;

namespace Nabla.Comparisons;

/// <summary>A ratio that Nabla should reach.</summary>
/// <param name="Avx2">With vectors of 256 bits or fewer.</param>
/// <param name="Avx512">With vectors of 512 bits.</param>
internal sealed record Goal(double Avx2, double Avx512)
{
    /// <summary>No more than not to be slower.</summary>
    public static Goal Equal { get; } = new(1);

    /// <summary>The same goal with all vectors.</summary>
    public Goal(double ratio)
        : this(ratio, ratio)
    {
    }

    /// <summary>The goal for the vectors that this process uses.</summary>
    public double Value => KernelChoice.Width == KernelWidth.Vector512 ? Avx512 : Avx2;
}
