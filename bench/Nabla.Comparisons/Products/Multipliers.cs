using Nabla.Kernels;
using static TorchSharp.torch;

namespace Nabla.Comparisons;

/// <summary>Nabla's product. Operands and result start at cache lines, as in its networks.</summary>
internal sealed class NablaMultiplier(Product product, (AlignedArray<float> A, AlignedArray<float> B) operands, int threads)
    : IMultiplier
{
    private readonly AlignedArray<float> a = operands.A;
    private readonly AlignedArray<float> b = operands.B;
    private readonly AlignedArray<float> c = new(product.M * product.N);

    public void Multiply() => Gemm.Multiply(
        ThreadTeam.Of(threads),
        product.ATransposed
            ? new ReadOnlyMatrix(a.Span, product.K, product.M).Transposed
            : new ReadOnlyMatrix(a.Span, product.M, product.K),
        product.BTransposed
            ? new ReadOnlyMatrix(b.Span, product.N, product.K).Transposed
            : new ReadOnlyMatrix(b.Span, product.K, product.N),
        new Matrix(c.Span, product.M, product.N));

    public float[] Result() => c.Span.ToArray();

    public void Dispose()
    {
    }
}

/// <summary>libtorch's product, either into a new tensor or into an existing one; the faster variant counts.</summary>
internal sealed class TorchMultiplier : IMultiplier
{
    private readonly bool inPlace;
    private readonly Tensor a;
    private readonly Tensor b;
    private Tensor c;

    public TorchMultiplier(Product product, (AlignedArray<float> A, AlignedArray<float> B) operands, bool inPlace)
    {
        this.inPlace = inPlace;
        using var scope = NewDisposeScope();
        a = product.ATransposed
            ? tensor(operands.A.Span.ToArray(), [product.K, product.M]).t()
            : tensor(operands.A.Span.ToArray(), [product.M, product.K]);
        b = product.BTransposed
            ? tensor(operands.B.Span.ToArray(), [product.N, product.K]).t()
            : tensor(operands.B.Span.ToArray(), [product.K, product.N]);
        c = zeros(product.M, product.N);
        a.DetachFromDisposeScope();
        b.DetachFromDisposeScope();
        c.DetachFromDisposeScope();
    }

    public void Multiply()
    {
        if (inPlace)
        {
            c.addmm_(a, b, 0, 1);
            return;
        }
        c.Dispose();
        c = a.matmul(b);
    }

    public float[] Result() => c.data<float>().ToArray();

    public void Dispose()
    {
        a.Dispose();
        b.Dispose();
        c.Dispose();
    }
}

/// <summary>OpenBLAS's product, into the same memory each time.</summary>
internal sealed class OpenBlasMultiplier(Product product, (AlignedArray<float> A, AlignedArray<float> B) operands) : IMultiplier
{
    private readonly AlignedArray<float> c = new(product.M * product.N);

    public void Multiply() => OpenBlas.Multiply(product, operands.A, operands.B, c);

    public float[] Result() => c.Span.ToArray();

    public void Dispose()
    {
    }
}

/// <summary>As many fused multiply-adds as the product has, in registers: no library can be faster.</summary>
internal sealed class PeakMultiplier(Product product, int threads) : IMultiplier
{
    public void Multiply() => FmaPeak.Run(threads, product.Operations);

    /// <summary>Nothing that could be compared.</summary>
    public float[] Result() => [];

    public void Dispose()
    {
    }
}
