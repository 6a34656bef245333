namespace Nabla.Kernels;

/// <summary>A function applied to each block of a product while it is still in the cache of the thread that has computed it.</summary>
internal unsafe interface IProductThen
{
    /// <summary>Updates the elements of a block in place.</summary>
    /// <param name="block">[rows, columns], rows <paramref name="rowStride"/> apart.</param>
    /// <param name="offset">Elements from the start of the product to the block.</param>
    /// <param name="rows">Rows of the block.</param>
    /// <param name="columns">Columns of the block.</param>
    /// <param name="rowStride">Distance from one row to the next.</param>
    void Apply(float* block, nint offset, int rows, int columns, nint rowStride);
}

/// <summary>a = f(z), where the product is z.</summary>
/// <param name="f">The activation.</param>
/// <param name="a">Receives f(z), with the layout of the product; may be the product itself.</param>
internal readonly unsafe struct ThenActivate<TActivation>(TActivation f, float* a) : IProductThen
    where TActivation : struct, IActivation
{
    public void Apply(float* block, nint offset, int rows, int columns, nint rowStride)
    {
        // Rows without gaps are processed as one span: most rows are too short for an efficient loop.
        if (columns == rowStride)
            (rows, columns) = (1, rows * columns);
        for (int row = 0; row < rows; row++)
        {
            nint start = row * rowStride;
            Elementwise.Activate(f, new ReadOnlySpan<float>(block + start, columns), new Span<float>(a + offset + start, columns));
        }
    }
}

/// <summary>delta = error * f'(z), where the product is the error.</summary>
/// <param name="f">The activation.</param>
/// <param name="z">Has the layout of the product; null unless <see cref="IActivation.DerivativeNeedsInput"/>.</param>
/// <param name="a">f(z), with the layout of the product.</param>
internal readonly unsafe struct ThenTimesDerivative<TActivation>(TActivation f, float* z, float* a) : IProductThen
    where TActivation : struct, IActivation
{
    public void Apply(float* block, nint offset, int rows, int columns, nint rowStride)
    {
        if (columns == rowStride)
            (rows, columns) = (1, rows * columns);
        for (int row = 0; row < rows; row++)
        {
            nint start = offset + row * rowStride;
            var values = new Span<float>(block + row * rowStride, columns);
            Elementwise.Backward(f, values, At(z, start, columns), At(a, start, columns), values);
        }
    }

    private static ReadOnlySpan<float> At(float* values, nint start, int length) => values == null ? [] : new(values + start, length);
}
