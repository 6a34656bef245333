using System.Globalization;

namespace Nabla.Cli;

/// <summary>What a command says about the targets if no task was given: whether they are classes or numbers.</summary>
internal static class TaskNotice
{
    private const int Shown = 5;

    /// <summary>Tells the user how the targets are predicted, if no task was given.</summary>
    public static void Write(LoadedData loaded, Terminal terminal)
    {
        var targets = loaded.Train.Targets;
        // Labels in an array apart are meant as such, unless they are many.
        if (loaded.Encoding is null && targets is ClassTargets && (targets.Width <= Datasets.MaxWholeClasses || !loaded.CanHoldValues))
            return;
        string name = loaded.Encoding is { } table ? string.Join(", ", table.TargetColumns) : $"the targets of {loaded.Request.Name}";
        terminal.Inform(targets switch
        {
            ValueTargets values when values.Width == 1 && AreWhole(values) =>
                $"Predicting {name} as numbers (regression); use --task classification to predict classes.",
            ValueTargets => $"Predicting {name} as numbers (regression).",
            _ when AreNumbers(targets.Names) =>
                $"Predicting {name} as one of {Classes(targets)}; use --task regression to predict numbers.",
            _ => $"Predicting {name} as one of {Classes(targets)}.",
        });
    }

    /// <summary>How many classes there are, and a few of their names.</summary>
    private static string Classes(Targets targets)
    {
        string names = string.Join(", ", targets.Names.Take(Shown));
        return $"{targets.Width} classes: {(targets.Width > Shown ? $"{names}, …" : names)} (classification)";
    }

    private static bool AreWhole(ValueTargets targets)
    {
        foreach (double value in targets.Values)
        {
            if (!double.IsInteger(value))
                return false;
        }
        return true;
    }

    private static bool AreNumbers(IReadOnlyList<string> names) =>
        names.All(name => double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
}
