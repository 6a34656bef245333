using System.Globalization;
using System.Text;

namespace Nabla.Comparisons;

/// <summary>Compares matrix products with libtorch and OpenBLAS: writes products.md.</summary>
/// <param name="rounds">Measurements of each contender.</param>
/// <param name="withOpenBlas">Whether to measure OpenBLAS too, if it is installed.</param>
internal sealed class ProductComparison(int rounds, bool withOpenBlas = true)
{
    private const double MeanGoal = 1.2;        // geometric mean of all shapes, relative to libtorch
    private const double PeakGoal = 0.88;       // of the large product, with 1 thread

    /// <summary>The product that is compared with the peak.</summary>
    public static readonly Product Large = new("2048^3", 2048, 2048, 2048, false, false);

    public string Run(IReadOnlyList<Workload> workloads)
    {
        var before = Machine.Now();
        string bandwidth = MemoryBandwidth.Describe();
        var text = new StringBuilder("# float32 products\n\n");
        var body = new StringBuilder();
        // W1-dense has the shapes of W1.
        Product[] products = [Large, .. workloads.Where(workload => workload.Name != "W1-dense").SelectMany(Product.ForWorkload)];
        int[] threadCounts = Environment.ProcessorCount > 1 ? [1, 2] : [1];
        foreach (int threads in threadCounts)
            Section(threads, products, body);
        text.Append(Machine.Describe(before, Peers.TorchSharp, Peers.OpenBlas)).Append(CultureInfo.InvariantCulture, $"""

            {bandwidth}

            m x n x k; forward is x w, weight gradient x^T delta, input gradient delta w^T. Ratios are GFLOP/s of Nabla over the peer's:
            above 1, Nabla is faster. Each library has a process of its own. Medians of {rounds} measurements in turn, warm, called from
            .NET. libtorch: the faster of matmul and addmm_ into an existing tensor. The peak is 12 independent chains of fused multiply-adds in registers: the best of as many
            measurements, in turn with 2048^3.

            """);
        return text.Append(body).ToString();
    }

    private void Section(int threads, Product[] products, StringBuilder text)
    {
        var table = new StringBuilder();
        List<double> torchRatios = [], blasRatios = [];
        string peakLine = "";
        var contenders = Start(threads);
        foreach (var product in products)
        {
            Console.Error.WriteLine($"{threads} threads, {product}");
            var (nabla, torch, blas, peak) = Measure(product, threads, contenders);
            if (product == Large)
            {
                bool plausible = !(Math.Max(nabla, Math.Max(torch, blas)) > peak);
                peakLine = string.Create(CultureInfo.InvariantCulture,
                    $"FMA peak {peak:0.0} GFLOP/s; 2048^3 reaches {nabla / peak:0.0%} of it{PeakMark(threads, nabla / peak)}")
                    + (plausible ? "." : " (NOT PLAUSIBLE: a product is above the peak).");
            }
            else
            {
                torchRatios.Add(nabla / torch);
                blasRatios.Add(nabla / blas);
            }
            table.AppendLine(CultureInfo.InvariantCulture,
                $"| {Ratio.Text(nabla / torch)} | {TextOf(nabla / blas, "0.00")} | {product} "
                + $"| {nabla:0.0} | {torch:0.0} | {TextOf(blas, "0.0")} |");
        }
        foreach (var contender in contenders.Values)
            contender.Dispose();
        text.AppendLine(CultureInfo.InvariantCulture, $"\n## {threads} thread{(threads > 1 ? "s" : "")}\n\n{peakLine}\n");
        text.AppendLine(CultureInfo.InvariantCulture,
            $"Shapes of the workloads: geometric mean to libtorch {Ratio.Text(GeometricMean(torchRatios), MeanGoal)} (goal {MeanGoal}), "
            + $"to OpenBLAS {TextOf(GeometricMean(blasRatios), "0.00")};");
        text.AppendLine(CultureInfo.InvariantCulture,
            $"slower than libtorch in {torchRatios.Count(ratio => ratio < 1)} of {torchRatios.Count}, "
            + $"worst {torchRatios.DefaultIfEmpty(1).Min():0.00}.\n");
        text.AppendLine("| to libtorch | to OpenBLAS | product, m x n x k | Nabla GFLOP/s | libtorch | OpenBLAS |");
        text.AppendLine("|---|---|---|---|---|---|").Append(table);
    }

    private static string PeakMark(int threads, double share) => threads > 1 ? ""
        : string.Create(CultureInfo.InvariantCulture, $" (goal {PeakGoal:0 %}{(share < PeakGoal ? ", below goal" : "")})");

    /// <summary>GFLOP/s of each; the peak is measured with the large product only. NaN for a library that is not installed.</summary>
    public (double Nabla, double Torch, double Blas, double Peak) Measure(
        Product product, int threads, IReadOnlyDictionary<string, ContenderProcess> contenders)
    {
        Check(product, contenders);
        var runs = contenders.Values.Select(contender => (Func<double>)(() => contender.Measure(product.Words))).ToList();
        const int PeakSteps = 30_000_000;
        double peakOperations = 0;
        if (product == Large)
            runs.Add(Alternating.Timed(() => peakOperations = FmaPeak.Run(threads, PeakSteps)));
        double[][] times = Alternating.Run(runs, rounds, TimeSpan.FromMilliseconds(5));
        var speeds = contenders.Keys.Zip(times).ToDictionary(
            pair => pair.First, pair => product.Operations / Alternating.Median(pair.Second) / 1e9);
        return (
            speeds["Nabla"], Math.Max(speeds["libtorch"], speeds["libtorch, in place"]), speeds.GetValueOrDefault("OpenBLAS", double.NaN),
            peakOperations / times[^1].Min() / 1e9);
    }

    /// <summary>Starts all libraries with a number of threads.</summary>
    public IReadOnlyDictionary<string, ContenderProcess> Start(int threads) => ProductContender.Names(withOpenBlas)
        .ToDictionary(name => name, name => ProductContender.Start(name, threads));

    /// <summary>Throws if the results differ.</summary>
    private static void Check(Product product, IReadOnlyDictionary<string, ContenderProcess> contenders)
    {
        float[]? ours = null;
        foreach (var (name, contender) in contenders)
        {
            contender.Measure(product.Words);
            float[] theirs = contender.Result();
            ours ??= theirs;
            for (int i = 0; i < ours.Length; i++)
            {
                if (!(MathF.Abs(ours[i] - theirs[i]) <= 1e-4f * MathF.Sqrt(product.K)))
                    throw new InvalidOperationException($"{product}: {name} computes {theirs[i]} where Nabla has {ours[i]}.");
            }
        }
    }

    private static string TextOf(double value, string format) =>
        double.IsNaN(value) ? "not installed" : value.ToString(format, CultureInfo.InvariantCulture);

    private static double GeometricMean(List<double> ratios) =>
        Math.Exp(ratios.Select(ratio => Math.Log(ratio)).DefaultIfEmpty().Average());
}
