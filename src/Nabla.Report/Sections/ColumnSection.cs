using System.Globalization;
using Nabla.Explain;

namespace Nabla.Report;

/// <summary>Which columns of a table matter, and how predictions depend on them.</summary>
internal static class ColumnSection
{
    private const int MostBars = 20;
    private const int MostOutputs = 4;

    public static void Write(HtmlWriter html, ReportFindings findings)
    {
        WriteImportance(html, findings.Importance!);
        html.Element("div", () =>
        {
            foreach (var dependence in findings.Dependences)
                WriteDependence(html, dependence, OutputsOf(dependence, findings.Network is Classifier));
        }, ("class", "grid")).Line();
    }

    private static void WriteImportance(HtmlWriter html, ImportanceReport importance)
    {
        string metric = importance.Metric.Title, verb = importance.Metric.Name == "accuracy" ? "falls" : "rises";
        var shown = importance.Columns.Take(MostBars).ToArray();
        string part = importance.Used < importance.Rows ? $"{importance.Used} of " : "", used = $"{part}{importance.Rows} rows were used";
        new Figure(
            "Importance of the columns",
            $"By how much {metric} {verb} if the values of one column are shuffled among the rows, so that the network cannot use them "
            + $"({importance.Repeats} shuffles each; {used}). Columns that say the same share their importance: each can be shuffled while "
            + "the other still helps.",
            ["column", $"{metric} {verb} by", "standard deviation", "loss rises by"],
            [
                .. importance.Columns.Select(column => (string[])
                [
                    column.Name, Signed(column.Drop), FigureText.Digits(column.StandardDeviation), Signed(column.LossRise),
                ]),
            ]) { IsWide = true }.Write(html, () =>
            {
                BarList.Write(
                    html, $"Importance of {shown.Length} columns; the most important is {shown[0].Name}.",
                    [.. shown.Select(column => (column.Name, column.Drop, Signed(column.Drop)))]);
                if (shown.Length < importance.Columns.Count)
                    html.Element("p", $"The {MostBars} most important of {importance.Columns.Count} columns.", ("class", "muted"));
            });
    }

    private static void WriteDependence(HtmlWriter html, PartialDependence dependence, int[] outputs)
    {
        string name = VisibleText.Escape(dependence.Name, 32), used = dependence.Used < dependence.Rows
            ? $"{dependence.Used} of {dependence.Rows} rows" : $"{dependence.Rows} rows";
        new Figure(
            $"Prediction by {name}",
            $"The mean prediction over {used} if all of them had the same value in this column, and kept their others. It shows what the "
            + $"network has learned, which need not be a cause.{AboutMarks(dependence, outputs)}",
            [dependence.Name, .. outputs.Select(output => dependence.Outputs[output])],
            [
                .. dependence.Points.Select(point => (string[])
                    [point.Value, .. outputs.Select(output => FigureText.Digits(point.Means[output]))]),
            ]).Write(html, () =>
            {
                if (HasBars(dependence, outputs))
                    WriteBars(html, dependence, outputs[0]);
                else
                    WriteLines(html, dependence, outputs);
            });
    }

    /// <summary>Of two classes the second; of more outputs, those that depend most on the column.</summary>
    private static int[] OutputsOf(PartialDependence dependence, bool isClasses)
    {
        if (dependence.Outputs.Count == 1 || (dependence.Outputs.Count == 2 && isClasses))
            return [dependence.Outputs.Count - 1];
        var ranges = Enumerable.Range(0, dependence.Outputs.Count).OrderByDescending(
            output => dependence.Points.Max(point => point.Means[output]) - dependence.Points.Min(point => point.Means[output]));
        return [.. ranges.Take(MostOutputs).Order()];
    }

    private static bool HasBars(PartialDependence dependence, int[] outputs) => dependence.IsCategory && outputs.Length == 1;

    private static string AboutMarks(PartialDependence dependence, int[] outputs)
    {
        double[] means = [.. dependence.Points.Select(point => point.Means[outputs[0]])];
        return HasBars(dependence, outputs) && BarList.HasMarks(means)
            ? $" The marks lie between {FigureText.Digits(means.Min())} and {FigureText.Digits(means.Max())}, not from 0 on."
            : "";
    }

    private static void WriteBars(HtmlWriter html, PartialDependence dependence, int output) => BarList.Write(
        html, $"Mean prediction for {dependence.Points.Count} categories of {dependence.Name}.",
        [.. dependence.Points.Select(point => (point.Value, point.Means[output], FigureText.Digits(point.Means[output])))]);

    private static void WriteLines(HtmlWriter html, PartialDependence dependence, int[] outputs)
    {
        // Categories have no order: they stand side by side, and are numbered as in the table.
        double At(int number) => dependence.Points[number].Number ?? number + 1;
        Series[] lines =
        [
            .. outputs.Select(output => new Series(
                VisibleText.Escape(dependence.Outputs[output], 16),
                [.. dependence.Points.Select((point, number) => (At(number), point.Means[output]))])),
        ];
        var x = dependence.IsCategory
            ? Axis.Whole($"{VisibleText.Escape(dependence.Name, 24)}, by the number of the row", 1, dependence.Points.Count)
            : new Axis(VisibleText.Escape(dependence.Name, 24), At(0), At(dependence.Points.Count - 1));
        bool isDate = !dependence.IsCategory && dependence.Points[0].Value.Count(c => c == '-') == 2 && At(0) > 1e5;
        LineChart.Write(
            html, $"Mean prediction for {dependence.Points.Count} values of {dependence.Name}.", isDate ? x with { Title = "" } : x,
            Axis.Around("mean prediction", lines.SelectMany(line => line.Points).Select(point => point.Y)), lines, canvas =>
            {
                if (!isDate)
                    return;
                double first = At(0), last = At(dependence.Points.Count - 1);
                canvas.BelowX(0.9 * first + 0.1 * last, dependence.Points[0].Value);
                canvas.BelowX(0.1 * first + 0.9 * last, dependence.Points[^1].Value);
            });
    }

    // Four decimals as for other shares, and digits of a number with a unit.
    private static string Signed(double value) => Math.Abs(value) is >= 0.001 and < 1
        ? value.ToString("0.####", CultureInfo.InvariantCulture)
        : FigureText.Digits(value == 0 ? 0 : value);
}
