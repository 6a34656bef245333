using System.Globalization;
using Nabla.Report;
using Spectre.Console;

namespace Nabla.Cli;

/// <summary>What a training run shows at its end on a terminal: a curve of the loss, and a confusion matrix.</summary>
internal static class TrainingPictures
{
    private const int Columns = 60, Rows = 8;
    private const int LargestMatrix = 20; // classes
    private const int LongestName = 8;

    /// <summary>Draws the pictures.</summary>
    /// <param name="screen">The terminal.</param>
    /// <param name="model">The trained model.</param>
    /// <param name="report">Its result.</param>
    public static void Write(IAnsiConsole screen, Model model, ModelReport report)
    {
        if (model.History.Epochs.Count > 1)
            WriteLoss(screen, model.History);
        if (report is ClassificationReport { HasDetails: true, Count: > 0, Classes.Count: <= LargestMatrix } classes)
            WriteMatrix(screen, classes.ConfusionMatrix);
    }

    private static void WriteLoss(IAnsiConsole screen, TrainingHistory history)
    {
        var epochs = history.Epochs;
        double[] all = [.. epochs.SelectMany(epoch => (double[])[epoch.Loss, epoch.ValidationLoss ?? epoch.Loss]).Where(double.IsFinite)];
        double low = all.Min(), high = all.Max();
        string[] lines = Draw(epochs, low, high, Math.Clamp(epochs.Count, 20, Columns));
        screen.WriteLine();
        screen.MarkupLine(epochs.Any(epoch => epoch.ValidationLoss is not null)
            ? "Loss: [blue]*[/] training, [yellow]o[/] validation"
            : "Loss: [blue]*[/] training");
        foreach (var (row, line) in lines.Index())
        {
            string label = row == 0 ? Number(high) : row == Rows - 1 ? Number(low) : "";
            screen.MarkupLine($"{label,8} |{line.TrimEnd()}"
                .Replace("*", "[blue]*[/]", StringComparison.Ordinal).Replace("o", "[yellow]o[/]", StringComparison.Ordinal));
        }
        string first = $"{epochs[0].Epoch}", last = $"{epochs[^1].Epoch}";
        screen.WriteLine($"{"",8}  {first.PadRight(lines[0].Length - last.Length)}{last} epoch");
    }

    /// <summary>The losses in lines of characters; that of training is drawn over that of validation.</summary>
    private static string[] Draw(IReadOnlyList<EpochRecord> epochs, double low, double high, int columns)
    {
        char[][] canvas = [.. Enumerable.Range(0, Rows).Select(_ => Enumerable.Repeat(' ', columns).ToArray())];
        int first = epochs[0].Epoch, range = Math.Max(1, epochs[^1].Epoch - first);
        foreach (var epoch in epochs)
        {
            int column = (int)((long)(epoch.Epoch - first) * (columns - 1) / range);
            foreach (var (loss, mark) in ((double, char)[])[(epoch.ValidationLoss ?? double.NaN, 'o'), (epoch.Loss, '*')])
            {
                if (double.IsFinite(loss))
                    canvas[high > low ? (int)Math.Round((high - loss) / (high - low) * (Rows - 1)) : Rows - 1][column] = mark;
            }
        }
        return [.. canvas.Select(row => new string(row))];
    }

    private static void WriteMatrix(IAnsiConsole screen, ConfusionMatrix matrix)
    {
        var names = matrix.ClassNames;
        screen.WriteLine();
        screen.WriteLine("Confusion matrix: class by row, prediction by column");
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("");
        foreach (string name in names)
            table.AddColumn(new TableColumn(Name(name)).RightAligned());
        foreach (var (label, name) in names.Index())
            table.AddRow([Name(name), .. names.Select((_, predicted) => Cell(matrix[label, predicted], label == predicted))]);
        screen.Write(table);
    }

    // The diagonal is bold, errors are coloured, and zeros step back: a dot, so that nothing is said by colour alone.
    private static string Cell(int count, bool isRight) => count == 0 ? "[grey]·[/]"
        : isRight ? $"[bold]{FigureText.Whole(count)}[/]"
        : $"[yellow]{FigureText.Whole(count)}[/]";

    private static string Name(string name) => Markup.Escape(VisibleText.Escape(name, LongestName));

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
