using System.Globalization;

namespace Nabla.Comparisons;

/// <summary>A few ratios in a minute, as a table on standard output, for the log of a build. Nothing is asserted.</summary>
internal sealed class ShortComparison(Dataset train, Dataset test)
{
    private const int Rounds = 3;
    private const int Steps = 150;

    public void Run(TextWriter output)
    {
        var before = Machine.Now();
        List<ShortRow> rows = [];
        string? torch = Problem(() => TorchSharp.torch.zeros(1).Dispose()), onnx = Problem(() => _ = Peers.OnnxRuntime);
        if (torch is null)
            rows.AddRange([.. Products(), .. Trainings()]);
        if (onnx is null)
            rows.Add(Prediction());

        output.WriteLine(Machine.Describe(
            before,
            torch is null ? Peers.TorchSharp : Missing("TorchSharp", torch),
            onnx is null ? Peers.OnnxRuntime : Missing("ONNX Runtime", onnx)));
        if (rows.Count > 0)
            output.WriteLine($"\n{string.Join('\n', rows.Prepend(ShortRow.Head))}");
    }

    private static IEnumerable<ShortRow> Products()
    {
        var comparison = new ProductComparison(Rounds, withOpenBlas: false);
        var contenders = comparison.Start(threads: 1);
        foreach (var product in Shapes().Prepend(ProductComparison.Large))
        {
            var (nabla, torch, _, peak) = comparison.Measure(product, threads: 1, contenders);
            string share = product == ProductComparison.Large
                ? string.Create(CultureInfo.InvariantCulture, $"; {nabla / peak:0%} of the FMA peak")
                : "";
            yield return new ShortRow(
                Ratio.Text(nabla / torch), "1", product.ToString(), Speed(nabla), Speed(torch), $"libtorch, 1 thread{share}");
        }
        foreach (var contender in contenders.Values)
            contender.Dispose();
    }

    /// <summary>The products of the first layer, where most of the work is.</summary>
    private static IEnumerable<Product> Shapes() => Chosen().SelectMany(workload => Product.ForWorkload(workload).Take(2));

    private IEnumerable<ShortRow> Trainings()
    {
        foreach (var workload in Chosen())
        {
            var result = new TrainingComparison(train, Rounds).Measure(workload with { Steps = Steps });
            yield return new ShortRow(
                Ratio.Text(result.Ratio, workload.Goal), workload.Goal.ToString(CultureInfo.InvariantCulture), $"{workload.Name}, an epoch",
                Time(result.Ours), Time(result.Best), result.Best.Name);
        }
    }

    private ShortRow Prediction()
    {
        var result = new PredictionComparison(train, test, Rounds).Measure(Workload.All[0]).First();
        return new ShortRow(
            Ratio.Text(result.Ratio, result.Goal), result.Goal.ToString(CultureInfo.InvariantCulture), result.What,
            result.Text(result.Ours.Median), result.Text(result.Best.Median), result.Best.Name);
    }

    private static IEnumerable<Workload> Chosen() => Workload.All.Where(workload => workload.Name is "W1" or "W4");

    private static string Speed(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.0} GFLOP/s");

    private static string Time(TrainingTime time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.Seconds:0.0000} s, {time.Threads} thr.");

    private static string Missing(string peer, string problem) => $"{peer} cannot be loaded, so nothing is compared with it: {problem}";

    /// <summary>Why a peer cannot be used; null if it can.</summary>
    private static string? Problem(Action use)
    {
        try
        {
            use();
            return null;
        }
        catch (Exception exception) when (exception
            is TypeInitializationException or DllNotFoundException or NotSupportedException or EntryPointNotFoundException)
        {
            return exception.GetBaseException().Message.Split('\n', StringSplitOptions.RemoveEmptyEntries)[0].TrimEnd('.');
        }
    }
}
