using System.Globalization;
using System.Text;

namespace Nabla.Comparisons;

/// <summary>Compares matrix products with libtorch and OpenBLAS: writes products.md.</summary>
internal sealed class ProductComparison(Scope scope)
{
    private const double Tolerance = 1e-5;      // in float32, relative to the whole result

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

            {Machine.Describe(before, scope.Failures, Peers.Torch, Peers.OpenBlas)}
            {bandwidth}

            m x n x k; forward is x w, weight gradient x^T delta, input gradient delta w^T. Ratios are GFLOP/s of Nabla over the peer's:
            above 1, Nabla is faster. Each library has a process of its own, and waits for its turn without using the processor. In each of
            {scope.Rounds} rounds every library is measured once, warm, called from .NET; a ratio is the median of the rounds' ratios, with
            their range. libtorch: the fastest of matmul and addmm_ into an existing tensor; the peers' threads either spin or sleep while
            they wait. The peak is 12 independent chains of fused multiply-adds in registers. All results are compared before anything is
            measured.

            {rows}{details}
            """);
    }

    /// <summary>Measures all products with a number of threads.</summary>
    /// <returns>The lines of the table of goals.</returns>
    public IEnumerable<GoalRow> Measure(int threads)
    {
        string suffix = Contender.Text(threads);
        var table = new MarkdownTable(
            "to libtorch", "to OpenBLAS", "product, m x n x k", "Nabla GFLOP/s", "libtorch", "OpenBLAS", "libtorch's variant");
        using (var contenders = Start(threads, isLarge: true))
        {
            if (Measure(Large, threads, contenders, table) is { } large)
            {
                var goal = threads == 1 ? PeakGoal : null;
                yield return GoalRow.Compare($"{Large.Use}, {suffix}", goal, large.Nabla, large.Peak, large.Product.Speed);
                goal = threads == 1 ? Goal.Equal : null;
                yield return GoalRow.Compare($"{Large.Use}, {suffix}", goal, large.Nabla, large.Blas, large.Product.Speed);
            }
        }
        List<Measured> shapes = [];
        using (var contenders = Start(threads, isLarge: false))
        {
            foreach (var product in Shapes())
            {
                if (Measure(product, threads, contenders, table) is { } measured)
                    shapes.Add(measured);
            }
        }
        details.Append(CultureInfo.InvariantCulture, $"\n## {suffix}\n\n{table}");
        shapes.RemoveAll(shape => shape.Torch is null);
        if (shapes.Count == 0)
            yield break;
        yield return new(
            $"{shapes.Count} products of the workloads, {suffix}",
            new(Statistics.GeometricMean(shapes.Select(shape => shape.ToTorch!.Median))), MeanGoal,
            $"slower in {shapes.Count(shape => shape.ToTorch!.Median < 1)}", "", "geometric mean, libtorch");
        var worst = shapes.MinBy(shape => shape.ToTorch!.Median)!;
        yield return GoalRow.Compare($"the worst, {worst.Product}", WorstGoal, worst.Nabla, worst.Torch, worst.Product.Speed);
    }

    private ContenderGroup Start(int threads, bool isLarge) =>
        new(scope.Failures, ProductContenders.Comparison, ProductContenders.Choose(threads, isLarge, scope.IsQuick));

    /// <summary>The products of the workloads, each once.</summary>
    private IEnumerable<Product> Shapes() =>
        scope.Workloads.SelectMany(Product.ForWorkload).DistinctBy(product => product with { Use = "" });

    private Measured? Measure(Product product, int threads, ContenderGroup contenders, MarkdownTable table)
    {
        string what = $"{product}, {Contender.Text(threads)}";
        Console.Error.WriteLine(what);
        string[] words = [.. product.Words];
        contenders.Check(what, new Agreement(Tolerance), words);
        if (contenders.Measure(what, scope.Rounds, words) is not { } outcome)
            return null;
        var measured = new Measured(
            product, outcome.Ours, Find(ProductContenders.Torch), Find(ProductContenders.Blas), Find(ProductContenders.Peak));
        table.Add(
            $"{measured.ToTorch}", $"{measured.ToBlas}", $"{product}", Number(measured.Nabla), Number(measured.Torch),
            Number(measured.Blas), measured.Torch?.Contender.Title ?? "");
        return measured;

        ContenderTimes? Find(string library) => outcome.BestPeer(outcome.Ours, contender => contender.Library == library);
        string Number(ContenderTimes? times) => times is null ? "" : product.Speed(times.Median).Split(' ')[0];
    }

    /// <summary>The times of all libraries, each with its best variant.</summary>
    private sealed record Measured(
        Product Product, ContenderTimes Nabla, ContenderTimes? Torch, ContenderTimes? Blas, ContenderTimes? Peak)
    {
        public Ratio? ToTorch { get; } = Torch is null ? null : Ratio.Of(Nabla, Torch);

        public Ratio? ToBlas { get; } = Blas is null ? null : Ratio.Of(Nabla, Blas);
    }
}
