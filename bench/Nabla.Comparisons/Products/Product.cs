using System.Globalization;
using Nabla.Kernels;

namespace Nabla.Comparisons;

/// <summary>One product: result [m, n] = a [m, k] times b [k, n]; each operand is transposed or not, as in training.</summary>
/// <param name="Use">Where training computes it.</param>
/// <param name="M">Rows of the result.</param>
/// <param name="N">Columns of the result.</param>
/// <param name="K">Terms of each sum.</param>
/// <param name="ATransposed">Whether a lies in memory as [k, m].</param>
/// <param name="BTransposed">Whether b lies in memory as [n, k].</param>
internal sealed record Product(string Use, int M, int N, int K, bool ATransposed, bool BTransposed)
{
    public double Operations => 2.0 * M * N * K;

    /// <summary>The speed of one that takes a number of seconds.</summary>
    public string Speed(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{Operations / seconds / 1e9:0.0} GFLOP/s");

    public override string ToString() => $"{Use}: {M} x {N} x {K}";

    /// <summary>The sizes and layouts in words, for <see cref="Parse"/>.</summary>
    public IEnumerable<string> Words => [$"{M}", $"{N}", $"{K}", $"{ATransposed}", $"{BTransposed}"];

    /// <summary>The product that <see cref="Words"/> describe; its use is not told.</summary>
    public static Product Parse(string[] words)
    {
        int[] sizes = [.. words.Take(3).Select(int.Parse)];
        return new("", sizes[0], sizes[1], sizes[2], bool.Parse(words[3]), bool.Parse(words[4]));
    }

    /// <summary>Random operands in aligned memory.</summary>
    public (AlignedArray<float> A, AlignedArray<float> B) Operands() => (Values(M * K, 1), Values(K * N, 2));

    private static AlignedArray<float> Values(int count, int seed)
    {
        var random = new System.Random(seed);
        var values = new AlignedArray<float>(count);
        foreach (ref float value in values.Span)
            value = random.NextSingle() - 0.5f;
        return values;
    }

    /// <summary>The products of one step of a workload.</summary>
    public static IEnumerable<Product> ForWorkload(Workload workload)
    {
        for (int layer = 0; layer < workload.Sizes.Length - 1; layer++)
        {
            int inputs = workload.Sizes[layer], outputs = workload.Sizes[layer + 1];
            yield return new($"{workload.Name} layer {layer + 1}, forward", workload.Batch, outputs, inputs, false, false);
            yield return new($"{workload.Name} layer {layer + 1}, weight gradient", inputs, outputs, workload.Batch, true, false);
            if (layer > 0)
                yield return new($"{workload.Name} layer {layer + 1}, input gradient", workload.Batch, inputs, outputs, false, true);
        }
    }
}
