using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Nabla.Comparisons;

/// <summary>Looks for hidden widths that are much slower than their neighbours: writes widths.md.</summary>
internal sealed class WidthComparison(Dataset data)
{
    private const double Goal = 1.3;
    private const int Batch = 128;
    private const int Batches = 4;
    private const int Passes = 5;
    private const int Repeats = 3;
    private const int Listed = 12;
    private const double SecondsOfProducts = 0.0005;

    private readonly Dataset part = data.Select([.. Enumerable.Range(0, Batch * Batches)]);

    public string Run()
    {
        var before = Load.Now();
        var body = new StringBuilder();
        foreach (int threads in Contender.ThreadCounts)
            Section(threads, body);
        return string.Create(CultureInfo.InvariantCulture,
            $"""
            # Hidden widths from 1 to {WidthTimes.Widest}

            {Machine.Describe(before, [], Peers.Torch)}

            The ratio of a width is its time per weight over the mean of its two neighbours (h - 1 and h + 1): 1 is smooth, above {Goal} is
            above the goal. A step that stays, rather than a single slow width, shows only in the ratio to h - 1; h = 1 has none and is not
            listed. Times are the least of {Passes} passes over all widths in turn, up and down, of {Repeats} measurements each.
            Training: {Batches} steps of 784-h-10, ReLU, softmax cross-entropy, Adam, batch {Batch}, warm. Product: {Batch} x h x h, the
            forward product x w of a hidden layer; libtorch's (addmm_ into an existing tensor) in turn with Nabla's, with 1 thread: two of
            its threads spin for each other for longer than such products take.

            """) + body;
    }

    private void Section(int threads, StringBuilder text)
    {
        Console.Error.WriteLine($"widths, {Contender.Text(threads)}");
        var training = new WidthTimes("Nabla, training", width => (784.0 + 10) * width);
        var product = new WidthTimes("Nabla, product", width => (double)width * width);
        var torch = new WidthTimes("libtorch, product", width => (double)width * width);
        bool withTorch = threads == 1 && Peers.Torch.IsLoaded;
        if (withTorch)
            TorchSharp.torch.set_num_threads(1);
        WidthTimes[] all = withTorch ? [training, product, torch] : [training, product];
        for (int pass = 0; pass < Passes; pass++)
        {
            for (int i = 1; i <= WidthTimes.Widest + 1; i++)
            {
                int width = pass % 2 == 0 ? i : WidthTimes.Widest + 2 - i;
                Train(width, threads, training);
                Multiply(width, threads, product, withTorch ? torch : null);
            }
        }
        text.AppendLine(CultureInfo.InvariantCulture, $"\n## {Contender.Text(threads)}\n");
        var worst = new MarkdownTable("worst ratio", "its h", $"above {Goal}", "steepest step to h - 1", "its h", "work");
        foreach (var times in all)
        {
            int first = times.WorstFirst.First(), step = times.SteepestStep;
            int above = times.WorstFirst.Count(width => times.ToBoth(width) > Goal);
            worst.Add(
                Text(times.ToBoth(first)), $"{first}", $"{above} of {WidthTimes.Widest - 1}", Number(times.ToNarrower(step), "0.00"),
                $"{step}", times.Title);
        }
        text.Append(CultureInfo.InvariantCulture, $"{worst}");
        foreach (var times in all)
            text.Append(CultureInfo.InvariantCulture, $"\n{times.Title}, the {Listed} largest ratios:\n\n{List(times)}");
    }

    private static MarkdownTable List(WidthTimes times)
    {
        var table = new MarkdownTable("ratio", "to h - 1", "h", "ns per weight", "h - 1", "h + 1");
        foreach (int width in times.WorstFirst.Take(Listed))
        {
            string PerWeight(int h) => Number(times.PerWeight(h), "0.000");
            table.Add(
                Text(times.ToBoth(width)), Number(times.ToNarrower(width), "0.00"), $"{width}", PerWeight(width), PerWeight(width - 1),
                PerWeight(width + 1));
        }
        return table;
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static string Text(double ratio) =>
        Number(ratio, "0.00") + (ratio > Goal ? " above goal" : "");

    private void Train(int width, int threads, WidthTimes times)
    {
        var options = Workload.All.First(workload => workload.Name == "W2").Options with
        {
            Hidden = [width], BatchSize = Batch, Threads = threads,
        };
        using var epochs = new Training<Classifier>(part, options).Epochs().GetEnumerator();
        epochs.MoveNext();
        for (int repeat = 0; repeat < Repeats; repeat++)
            times.Record(width, Seconds(() => epochs.MoveNext()) / Batches);
    }

    private static void Multiply(int width, int threads, WidthTimes ours, WidthTimes? theirs)
    {
        var product = new Product("hidden", Batch, width, width, false, false);
        var operands = product.Operands();
        using var nabla = new NablaMultiplier(product, operands, threads);
        Multiply(nabla, width, ours);
        if (theirs is null)
            return;
        using var torch = new TorchMultiplier(product, operands, inPlace: true);
        Multiply(torch, width, theirs);
    }

    private static void Multiply(IMultiplier multiplier, int width, WidthTimes times)
    {
        multiplier.Multiply();
        multiplier.Multiply();
        int calls = Math.Max(1, (int)(SecondsOfProducts / Seconds(multiplier.Multiply)));
        for (int repeat = 0; repeat < Repeats; repeat++)
        {
            times.Record(width, Seconds(() =>
            {
                for (int call = 0; call < calls; call++)
                    multiplier.Multiply();
            }) / calls);
        }
    }

    private static double Seconds(Action action)
    {
        var clock = Stopwatch.StartNew();
        action();
        return clock.Elapsed.TotalSeconds;
    }
}
