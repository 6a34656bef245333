using System.Globalization;

namespace Nabla.Cli;

/// <summary>Plots the smoothed loss against the learning rate, in plain characters.</summary>
internal static class LearningRatePlot
{
    private const int Rows = 16;
    private const int Columns = 68;
    private const int Margin = 9; // the labels of the losses
    private const double MaxRise = 1.25; // of the height from which the loss falls, so that a steep rise does not flatten the rest

    /// <summary>Draws a report in lines of at most 80 characters.</summary>
    public static IReadOnlyList<string> Draw(LearningRateReport report)
    {
        var points = report.Points;
        double lowest = points.Min(point => point.SmoothedLoss), highest = Highest(points, lowest);
        char[][] canvas = [.. Enumerable.Range(0, Rows).Select(_ => Blank())];
        foreach (var point in points)
        {
            int row = highest > lowest ? Place(highest - point.SmoothedLoss, highest - lowest, Rows) : 0;
            canvas[row][Column(points, point.LearningRate)] = '*';
        }
        var lines = canvas.Select((row, i) => $"{LabelOf(i, lowest, highest),Margin} |{new string(row)}");
        return [.. lines.Concat(Axis(points)).Append(Mark(report)).Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
    }

    /// <summary>The top of the plot. Losses above it are drawn in the first line.</summary>
    private static double Highest(IReadOnlyList<LearningRatePoint> points, double lowest)
    {
        double largest = points.Max(point => point.SmoothedLoss);
        var falling = points.TakeWhile(point => point.SmoothedLoss > lowest).Select(point => point.SmoothedLoss);
        return Math.Min(largest, lowest + MaxRise * (falling.DefaultIfEmpty(largest).Max() - lowest));
    }

    private static string LabelOf(int row, double lowest, double highest) => row switch
    {
        0 => highest.ToString("G4", CultureInfo.InvariantCulture),
        Rows - 1 => lowest.ToString("G4", CultureInfo.InvariantCulture),
        _ => "",
    };

    /// <summary>A line with a tick at each power of ten, and a line with their labels.</summary>
    private static string[] Axis(IReadOnlyList<LearningRatePoint> points)
    {
        char[] ticks = [.. Enumerable.Repeat('-', Columns)], labels = Blank();
        int first = (int)Math.Ceiling(Math.Log10(points[0].LearningRate)), last = (int)Math.Floor(Math.Log10(points[^1].LearningRate));
        for (int exponent = first; exponent <= last; exponent++)
        {
            int column = Column(points, Math.Pow(10, exponent));
            ticks[column] = '+';
            string label = $"1e{exponent}";
            label.CopyTo(0, labels, Math.Min(column, Columns - label.Length), label.Length);
        }
        return [$"{"",Margin} +{new string(ticks)}", $"{"loss",Margin}  {new string(labels)}"];
    }

    /// <summary>An arrow below the proposed rate.</summary>
    private static string Mark(LearningRateReport report) => report.Proposal is { } rate
        ? $"{"",Margin}  {"".PadLeft(Column(report.Points, rate))}^"
        : "";

    private static int Column(IReadOnlyList<LearningRatePoint> points, double rate) => Place(
        Math.Log(rate / points[0].LearningRate), Math.Log((double)points[^1].LearningRate / points[0].LearningRate), Columns);

    private static int Place(double distance, double length, int places) =>
        length > 0 ? Math.Clamp((int)Math.Round(distance / length * (places - 1)), 0, places - 1) : 0;

    private static char[] Blank() => [.. Enumerable.Repeat(' ', Columns)];
}
