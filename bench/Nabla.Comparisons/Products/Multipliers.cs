using Nabla.Kernels;
using static TorchSharp.torch;

namespace Nabla.Comparisons;

internal sealed class NablaMultiplier(Product product, float[] a, float[] b) : IMultiplier
{
    private readonly float[] c = GC.AllocateArray<float>(product.M * product.N, pinned: true);

    public string Name => "Nabla";

    public void Multiply(int threads) => Gemm.Multiply(
        ThreadTeam.Of(threads),
        product.ATransposed ? new ReadOnlyMatrix(a, product.K, product.M).Transposed : new ReadOnlyMatrix(a, product.M, product.K),
        product.BTransposed ? new ReadOnlyMatrix(b, product.N, product.K).Transposed : new ReadOnlyMatrix(b, product.K, product.N),
        new Matrix(c, product.M, product.N));

    public float[] Result() => c;

    public void Dispose()
    {
    }
}

/// <summary>libtorch's product, either as a new tensor each time or into one that is there; the faster one counts.</summary>
internal sealed class TorchMultiplier : IMultiplier
{
    private readonly bool inPlace;
    private readonly Tensor a;
    private readonly Tensor b;
    private Tensor c;

    public TorchMultiplier(Product product, float[] aValues, float[] bValues, bool inPlace)
    {
        this.inPlace = inPlace;
        a = product.ATransposed ? tensor(aValues, [product.K, product.M]).t() : tensor(aValues, [product.M, product.K]);
        b = product.BTransposed ? tensor(bValues, [product.N, product.K]).t() : tensor(bValues, [product.K, product.N]);
        c = zeros(product.M, product.N);
    }

    public string Name => "libtorch";

    public void Multiply(int threads)
    {
        if (get_num_threads() != threads)
            set_num_threads(threads);
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

internal sealed class OpenBlasMultiplier(Product product, float[] a, float[] b) : IMultiplier
{
    private readonly float[] c = GC.AllocateArray<float>(product.M * product.N, pinned: true);

    public string Name => "OpenBLAS";

    public void Multiply(int threads)
    {
        OpenBlas.SetThreads(threads);
        OpenBlas.Multiply(product, a, b, c);
    }

    public float[] Result() => c;

    public void Dispose()
    {
    }
}
