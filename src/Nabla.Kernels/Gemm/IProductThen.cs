namespace Nabla.Kernels;

/// <summary>What is done with a block of a product while it is still in the cache of the thread that has computed it.</summary>
internal unsafe interface IProductThen
{
    /// <summary>Changes the elements of a block in place.</summary>
    /// <param name="block">[rows, columns], rows <paramref name="rowStride"/> apart.</param>
    /// <param name="offset">Elements from the beginning of the whole product to the block.</param>
    /// <param name="rows">Rows of the block.</param>
    /// <param name="columns">Columns of the block.</param>
    /// <param name="rowStride">Distance from one row to the next.</param>
    void Apply(float* block, nint offset, int rows, int columns, nint rowStride);
}

/// <summary>a = f(z).</summary>
internal readonly unsafe struct ThenActivate<TOperation> : IProductThen
    where TOperation : struct, IUnaryOperation
{
    public void Apply(float* block, nint offset, int rows, int columns, nint rowStride)
    {
        // Rows without gaps are one span: most are shorter than what a loop over vectors is worth.
        if (columns == rowStride)
            (rows, columns) = (1, rows * columns);
        for (int row = 0; row < rows; row++)
        {
            var values = new Span<float>(block + row * rowStride, columns);
            Elementwise.Apply<TOperation>(values, values);
        }
    }
}

/// <summary>delta = error * f'(z), with f' taken from a.</summary>
/// <param name="activations">a, as the product lies in memory.</param>
internal readonly unsafe struct ThenTimesDerivative<TActivation>(float* activations) : IProductThen
    where TActivation : struct, IActivation
{
    public void Apply(float* block, nint offset, int rows, int columns, nint rowStride)
    {
        if (columns == rowStride)
            (rows, columns) = (1, rows * columns);
        for (int row = 0; row < rows; row++)
        {
            var values = new Span<float>(block + row * rowStride, columns);
            Elementwise.Backward<TActivation>(values, new ReadOnlySpan<float>(activations + offset + row * rowStride, columns), values);
        }
    }
}
