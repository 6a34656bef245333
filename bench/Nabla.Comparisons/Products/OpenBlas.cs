using System.Runtime.InteropServices;
using Nabla.Kernels;

namespace Nabla.Comparisons;

/// <summary>OpenBLAS, where it is installed: Debian's package is libopenblas0-pthread.</summary>
internal static unsafe partial class OpenBlas
{
    private const string Library = "openblas";
    private const int RowMajor = 101, AsIs = 111, Transposed = 112;

    // The names of the library on Linux, macOS (as Homebrew installs it) and Windows.
    private static readonly string[] FileNames =
        ["libopenblas.so.0", "libopenblas.dylib", "/opt/homebrew/opt/openblas/lib/libopenblas.dylib", "libopenblas.dll"];

    static OpenBlas() => NativeLibrary.SetDllImportResolver(typeof(OpenBlas).Assembly, (name, _, _) => name == Library ? Load() : 0);

    /// <summary>The library's description of itself.</summary>
    /// <exception cref="DllNotFoundException">It is not installed.</exception>
    public static string Version => Marshal.PtrToStringUTF8(Configuration())!.Trim();

    public static void Multiply(Product product, AlignedArray<float> a, AlignedArray<float> b, AlignedArray<float> c)
    {
        Sgemm(
            RowMajor, product.ATransposed ? Transposed : AsIs, product.BTransposed ? Transposed : AsIs, product.M, product.N, product.K,
            1, a.Pointer, product.ATransposed ? product.M : product.K, b.Pointer, product.BTransposed ? product.K : product.N,
            0, c.Pointer, product.N);
    }

    private static nint Load()
    {
        foreach (string name in FileNames)
        {
            if (NativeLibrary.TryLoad(name, out nint library))
                return library;
        }
        throw new DllNotFoundException("it is not installed");
    }

    [LibraryImport(Library, EntryPoint = "openblas_get_config")]
    private static partial nint Configuration();

    [LibraryImport(Library, EntryPoint = "cblas_sgemm")]
    private static partial void Sgemm(
        int order, int transposeA, int transposeB, int m, int n, int k,
        float alpha, float* a, int aStride, float* b, int bStride, float beta, float* c, int cStride);
}
