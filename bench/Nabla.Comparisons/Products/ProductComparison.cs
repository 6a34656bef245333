using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Nabla.Comparisons;

/// <summary>Compares matrix products with libtorch and OpenBLAS: writes products.md.</summary>
/// <param name="rounds">Measurements of each contender.</param>
/// <param name="withOpenBlas">Whether to measure OpenBLAS too, if it is installed.</param>
internal sealed class ProductComparison(int rounds, bool withOpenBlas = true)
{
    private const double SecondsForAMeasurement = 0.006;
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
            above 1, Nabla is faster. Medians of {rounds} measurements in turn, warm, called from .NET. libtorch: the faster of matmul and
            addmm_ into an existing tensor. The peak is 12 independent chains of fused multiply-adds in registers: the best of as many
            measurements, in turn with 2048^3.

            """);
        return text.Append(body).ToString();
    }

    private void Section(int threads, Product[] products, StringBuilder text)
    {
        var table = new StringBuilder();
        List<double> torchRatios = [], blasRatios = [];
        string peakLine = "";
        foreach (var product in products)
        {
            Console.Error.WriteLine($"{threads} threads, {product}");
            var (nabla, torch, blas, peak) = Measure(product, threads);
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
    public (double Nabla, double Torch, double Blas, double Peak) Measure(Product product, int threads)
    {
        var (a, b) = product.Operands();
        List<IMultiplier> multipliers =
        [
            new NablaMultiplier(product, a, b),
            new TorchMultiplier(product, a, b, inPlace: false),
            new TorchMultiplier(product, a, b, inPlace: true),
        ];
        if (withOpenBlas && OpenBlas.Version is not null)
            multipliers.Add(new OpenBlasMultiplier(product, a, b));
        var repeats = multipliers.ConvertAll(multiplier => Repeats(() => multiplier.Multiply(threads)));
        Check(product, multipliers);
        var runs = multipliers.Select((multiplier, i) => (Action)(() =>
        {
            for (int repeat = 0; repeat < repeats[i]; repeat++)
                multiplier.Multiply(threads);
        })).ToList();
        const int PeakSteps = 30_000_000;
        double peakOperations = 0;
        if (product == Large)
            runs.Add(() => peakOperations = FmaPeak.Run(threads, PeakSteps));
        double[][] times = Alternating.Run(runs, rounds, TimeSpan.FromMilliseconds(5));
        double[] seconds = [.. times.Select(ofOne => Alternating.Median(ofOne))];
        multipliers.ForEach(multiplier => multiplier.Dispose());

        double Speed(int i) => product.Operations * repeats[i] / seconds[i] / 1e9;
        double blas = multipliers.Count > 3 ? Speed(3) : double.NaN;
        return (Speed(0), Math.Max(Speed(1), Speed(2)), blas, peakOperations / times[^1].Min() / 1e9);
    }

    /// <summary>How often a product must run for a measurement to be long enough for the clock; also warms it up.</summary>
    private static int Repeats(Action multiply)
    {
        for (int warm = 0; warm < 2; warm++)
            multiply();
        for (int repeats = 1; ; repeats *= 2)
        {
            var clock = Stopwatch.StartNew();
            for (int i = 0; i < repeats; i++)
                multiply();
            if (clock.Elapsed.TotalSeconds > SecondsForAMeasurement / 2)
                return (int)Math.Ceiling(repeats * SecondsForAMeasurement / clock.Elapsed.TotalSeconds);
        }
    }

    /// <summary>Throws if the results differ.</summary>
    private static void Check(Product product, List<IMultiplier> multipliers)
    {
        float[] ours = multipliers[0].Result();
        foreach (var peer in multipliers.Skip(1))
        {
            float[] theirs = peer.Result();
            for (int i = 0; i < ours.Length; i++)
            {
                if (!(MathF.Abs(ours[i] - theirs[i]) <= 1e-4f * MathF.Sqrt(product.K)))
                    throw new InvalidOperationException($"{product}: {peer.Name} computes {theirs[i]} where Nabla has {ours[i]}.");
            }
        }
    }

    private static string TextOf(double value, string format) =>
        double.IsNaN(value) ? "not installed" : value.ToString(format, CultureInfo.InvariantCulture);

    private static double GeometricMean(List<double> ratios) =>
        Math.Exp(ratios.Select(ratio => Math.Log(ratio)).DefaultIfEmpty().Average());
}
