namespace Nabla.Kernels;

/// <summary>A left operand in memory: element (row, k) is <c>Start[row * RowStride + k * DepthStride]</c>.</summary>
internal readonly unsafe struct Operand(float* start, nint rowStride, nint depthStride)
{
    public readonly float* Start = start;
    public readonly nint RowStride = rowStride;
    public readonly nint DepthStride = depthStride;
}

/// <summary>The innermost product: a tile of the result, held in registers while k runs.</summary>
/// <remarks>
/// Contract: all <see cref="Rows"/> rows of the tile exist, and its one or two vectors of columns. Each element begins with <c>start</c>
/// (zero where start is null; a startStride of 0 begins every row with the same values, a bias) and continues ONE chain of fused
/// multiply-adds, k ascending. Parameters: <c>a</c> is [Rows, depth] by strides; <c>b</c> is [depth, columns], rows bStride apart;
/// <c>start</c> and <c>c</c> are [Rows, columns], and may be the same.
/// </remarks>
internal unsafe interface IMicroKernel
{
    /// <summary>Rows of the tile.</summary>
    static abstract int Rows { get; }

    /// <summary>Columns of one vector.</summary>
    static abstract int VectorLength { get; }

    /// <summary>c = start + a * b, two vectors wide.</summary>
    static abstract void RunWide(Operand a, float* b, nint bStride, int depth, float* start, nint startStride, float* c, nint cStride);

    /// <summary>c = start + a * b, one vector wide: for the right edge, and for narrow results such as ten classes.</summary>
    static abstract void RunNarrow(Operand a, float* b, nint bStride, int depth, float* start, nint startStride, float* c, nint cStride);
}
