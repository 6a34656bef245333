using System.Globalization;
using System.Text;

namespace Nabla.Comparisons;

/// <summary>Compares matrix products with libtorch and OpenBLAS: writes products.md.</summary>
internal sealed class ProductComparison(Scope scope)
{
    private static readonly Goal MeanGoal = new(1.4, 2.3);      // geometric mean of the workloads' shapes, to libtorch
    private static readonly Goal WorstGoal = new(0.97, 1);      // the worst of them
    private static readonly Goal PeakGoal = new(0.85, 0.9);     // share of the peak of the large product, with 1 thread

    /// <summary>The product that is compared with the peak.</summary>
    private static readonly Product Large = new("2048^3", 2048, 2048, 2048, false, false);

    private readonly StringBuilder details = new();

    public string Run()
    {
        var before = Load.Now();
        string bandwidth = MemoryBandwidth.Describe();
        string rows = GoalRow.Table(Contender.ThreadCounts.SelectMany(Measure));
        return string.Create(CultureInfo.InvariantCulture,
            $"""
            # float32 products

            {Machine.Describe(before, Peers.Torch, Peers.OpenBlas)}
            {bandwidth}

            m x n x k; forward is x w, weight gradient x^T delta, input gradient delta w^T. Ratios are GFLOP/s of Nabla over the peer's:
            above 1, Nabla is faster. Each library has a process of its own, and waits for its turn without using the processor. Medians of
            {scope.Rounds} measurements in turn, warm, called from .NET. libtorch: the fastest of matmul and addmm_ into an existing tensor,
            with threads that spin for a while when they wait, or sleep. The peak is 12 independent chains of fused multiply-adds in
            registers.

            {rows}{details}
            """);
    }

    /// <summary>Measures all products with a number of threads.</summary>
    /// <returns>The lines of the table of goals.</returns>
    public IEnumerable<GoalRow> Measure(int threads)
    {
        var table = new MarkdownTable(
            "to libtorch", "to OpenBLAS", "product, m x n x k", "Nabla GFLOP/s", "libtorch", "OpenBLAS", "libtorch's variant");
        using (var contenders = Start(threads, isLarge: true))
        {
            var speeds = Measure(Large, threads, contenders, table);
            yield return Row("2048^3", speeds.Peak, threads == 1 ? PeakGoal : null);
            yield return Row("2048^3", speeds.Blas, threads == 1 ? Goal.Equal : null);

            GoalRow Row(string what, Speed? peer, Goal? goal) => new(
                $"{what}, {Contender.Text(threads)}", speeds.Nabla.To(peer), goal, speeds.Nabla.Text, peer?.Text ?? "",
                peer?.Name ?? "no peer");
        }
        List<(Product Product, Speeds Speeds)> shapes = [];
        using (var contenders = Start(threads, isLarge: false))
        {
            foreach (var product in Shapes())
                shapes.Add((product, Measure(product, threads, contenders, table)));
        }
        details.Append(CultureInfo.InvariantCulture, $"\n## {Contender.Text(threads)}\n\n{table}");
        if (!Peers.Torch.IsLoaded || shapes.Count == 0)
            yield break;
        var worst = shapes.MinBy(shape => shape.Speeds.ToTorch);
        yield return new(
            $"{shapes.Count} products of the workloads, {Contender.Text(threads)}",
            Statistics.GeometricMean(shapes.Select(shape => shape.Speeds.ToTorch)), MeanGoal,
            $"slower in {shapes.Count(shape => shape.Speeds.ToTorch < 1)}", "", "geometric mean, libtorch");
        yield return new(
            $"the worst, {worst.Product}, {Contender.Text(threads)}", worst.Speeds.ToTorch, WorstGoal,
            worst.Speeds.Nabla.Text, worst.Speeds.Torch!.Text, worst.Speeds.Torch.Name);
    }

    private ContenderGroup Start(int threads, bool isLarge) =>
        new(ProductContenders.Comparison, ProductContenders.Choose(threads, isLarge, scope.IsQuick));

    /// <summary>The products of the workloads, each once.</summary>
    private IEnumerable<Product> Shapes() =>
        scope.Workloads.SelectMany(Product.ForWorkload).DistinctBy(product => product with { Use = "" });

    private Speeds Measure(Product product, int threads, ContenderGroup contenders, MarkdownTable table)
    {
        Console.Error.WriteLine($"{Contender.Text(threads)}, {product}");
        string[] words = [.. product.Words];
        var outcome = contenders.Measure(scope.Rounds, words);
        contenders.Check($"{product}", Enumerable.Max, 1e-4 * Math.Sqrt(product.K));
        var speeds = new Speeds(
            Find(Contender.Nabla)!, Find(ProductContenders.Torch), Find(ProductContenders.Blas), Find(ProductContenders.Peak));
        table.Add(
            Number(speeds.ToTorch, "0.00"), Number(speeds.Nabla.To(speeds.Blas), "0.00"), $"{product}",
            Number(speeds.Nabla.Value, "0.0"), Number(speeds.Torch?.Value, "0.0"), Number(speeds.Blas?.Value, "0.0"),
            speeds.Torch?.Name ?? "");
        return speeds;

        Speed? Find(string library) => outcome.Fastest(contender => contender.Library == library) is { } times
            ? new(times.Contender.Title, product.Operations / times.Median / 1e9)
            : null;
    }

    private static string Number(double? value, string format) =>
        value is null or double.NaN ? "" : value.Value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>The speed of one product.</summary>
    /// <param name="Name">Whose it is.</param>
    /// <param name="Value">GFLOP/s.</param>
    private sealed record Speed(string Name, double Value)
    {
        public string Text => string.Create(CultureInfo.InvariantCulture, $"{Value:0.0} GFLOP/s");

        /// <summary>The ratio to a peer's; NaN without one.</summary>
        public double To(Speed? peer) => Value / (peer?.Value ?? double.NaN);
    }

    /// <summary>The speeds of all libraries, each with its best variant.</summary>
    private sealed record Speeds(Speed Nabla, Speed? Torch, Speed? Blas, Speed? Peak)
    {
        public double ToTorch => Nabla.To(Torch);
    }
}
