namespace Nabla.Report;

/// <summary>What happened in each epoch.</summary>
internal static class TrainingSection
{
    private const string Epoch = "epoch";

    public static bool Exists(ReportFindings findings) => findings.Network.History.Epochs.Count > 0;

    public static void Write(HtmlWriter html, ReportFindings findings)
    {
        var history = findings.Network.History;
        if (findings.Request.Model.Members.Count > 0)
            html.Element("p", $"The model averages {findings.Request.Model.Members.Count} networks. This is the training of the first.");
        html.Element("div", () =>
        {
            WriteLoss(html, history);
            foreach (string metric in history.Epochs[^1].Metrics.Select(pair => pair.Key).Take(1))
                WriteMetric(html, history, metric);
            if (history.Epochs.Any(epoch => epoch.Layers.Count > 0))
                WriteLayers(html, history);
        }, ("class", "grid")).Line();
    }

    private static void WriteLoss(HtmlWriter html, TrainingHistory history)
    {
        var lines = new List<Series> { new("training", Points(history, epoch => epoch.Loss)) };
        bool isValidated = history.Epochs.Any(epoch => epoch.ValidationLoss is not null);
        if (isValidated)
            lines.Add(new("validation", Points(history, epoch => epoch.ValidationLoss)));
        double first = history.Epochs[0].Loss, last = history.Epochs[^1].Loss;
        new Figure(
            "Loss by epoch",
            isValidated
                ? "Both lines should fall; where validation rises while training still falls, the network memorizes its training data. "
                    + "The training loss is the mean over the epoch while the network still learned, so it may lie above that of "
                    + "validation."
                : "The line should fall; one that has become flat says that more epochs of the same kind bring little. "
                    + "Without validation data, it does not show whether the network memorizes its training data.",
            isValidated ? [Epoch, "training loss", "validation loss"] : [Epoch, "training loss"],
            [
                .. history.Epochs.Select(epoch => (string[])
                [
                    Number(epoch.Epoch), FigureText.Digits(epoch.Loss),
                    .. isValidated ? (string[])[FigureText.Digits(epoch.ValidationLoss ?? double.NaN)] : [],
                ]),
            ]).Write(html, () => LineChart.Write(
                html, $"Training loss from {FigureText.Digits(first)} in the first epoch to {FigureText.Digits(last)} in the last.",
                Epochs(history), Axis.Around("loss", lines.SelectMany(line => line.Points).Select(point => point.Y), fromZero: true),
                lines, canvas => MarkBest(canvas, history)));
    }

    private static void WriteMetric(HtmlWriter html, TrainingHistory history, string metric)
    {
        string title = metric == "rmse" ? "RMSE" : metric;
        var points = Points(history, epoch => epoch[metric]);
        string best = history.BestEpoch is { } epoch ? $" The best epoch, {epoch}, is marked." : "";
        new Figure(
            $"Validation {title} by epoch",
            $"How well the network did on examples that it did not learn from, after each epoch; {(metric == "rmse" ? "lower" : "higher")} "
            + "is better. A line that has become flat says that more epochs of the same kind bring little." + best,
            [Epoch, .. history.Epochs[^1].Metrics.Select(pair => pair.Key)],
            [
                .. history.Epochs.Select(epoch => (string[])
                    [Number(epoch.Epoch), .. epoch.Metrics.Select(pair => FigureText.Digits(pair.Value))]),
            ]).Write(html, () => LineChart.Write(
                html, $"Validation {title} from {FigureText.Digits(points[0].Y)} to {FigureText.Digits(points[^1].Y)}.", Epochs(history),
                Axis.Around(title, points.Select(point => point.Y)), [new(title, points)], canvas => MarkBest(canvas, history)));
    }

    private static void WriteLayers(HtmlWriter html, TrainingHistory history)
    {
        WriteLayers(
            html, history, "Gradient norm by layer", "gradient norm", update => update.GradientNorm,
            "The length of the gradient of each layer's weights in the last full batch of each epoch, on a scale of powers of 10. If a "
            + "layer near the inputs lies far below the others, its gradient vanishes on the way, and it hardly learns.");
        WriteLayers(
            html, history, "Update to weight ratio by layer", "update / weight", update => update.UpdateRatio,
            "How far the last full batch of each epoch moved each layer's weights, relative to their size. About 0.001 is common: a line "
            + "far above 0.01 says that the learning rate is too high, one far below 0.0001 that it is too low.");
    }

    private static void WriteLayers(
        HtmlWriter html, TrainingHistory history, string title, string axis, Func<LayerUpdate, float> value, string reading)
    {
        var measured = history.Epochs.Where(epoch => epoch.Layers.Count > 0).ToArray();
        int layers = measured[0].Layers.Count;
        Series[] lines =
        [
            .. Enumerable.Range(0, layers).Select(layer => new Series(
                $"layer {layer}", [.. measured.Select(epoch => ((double)epoch.Epoch, (double)value(epoch.Layers[layer])))])),
        ];
        new Figure(
            title, reading, [Epoch, .. lines.Select(line => line.Name)],
            [
                .. measured.Select(epoch => (string[])
                    [Number(epoch.Epoch), .. epoch.Layers.Select(layer => FigureText.Digits(value(layer)))]),
            ]).Write(html, () => LineChart.Write(
                html, $"{title}: {layers} lines over {measured.Length} epochs.", Epochs(history),
                Axis.Logarithmic(axis, lines.SelectMany(line => line.Points).Select(point => point.Y)), lines));
    }

    private static void MarkBest(Canvas canvas, TrainingHistory history)
    {
        if (history.BestEpoch is { } best)
            canvas.Upright(best, $"best: {best}");
    }

    private static Axis Epochs(TrainingHistory history) => Axis.Whole(Epoch, history.Epochs[0].Epoch, history.Epochs[^1].Epoch);

    private static (double X, double Y)[] Points(TrainingHistory history, Func<EpochRecord, double?> value) =>
        [.. history.Epochs.Select(epoch => ((double)epoch.Epoch, value(epoch) ?? double.NaN))];

    private static string Number(int value) => FigureText.Whole(value);
}
