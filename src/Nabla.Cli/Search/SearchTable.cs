using System.Globalization;

namespace Nabla.Cli;

/// <summary>The result of a search: a table or lines of JSON, and the command that trains the best network.</summary>
internal static class SearchTable
{
    /// <summary>The option that the command has if a trial was not trained for the usual number of epochs.</summary>
    public const string EpochsOption = "--epochs";

    /// <summary>The command that trains the network of a trial.</summary>
    /// <remarks>With successive halving, the best trial has fewer epochs than it was to have if all others failed with more.</remarks>
    public static string CommandOf(SearchPlan plan, Standing standing)
    {
        bool hasFewer = standing.Trial.Settings is { } settings && settings.Options.Epochs != standing.Epochs;
        string epochs = plan.HasEpochs || hasFewer ? $" {EpochsOption} {Text(standing.Epochs)}" : "";
        return plan.Command + epochs + standing.Trial.Arguments;
    }

    /// <summary>Writes a table.</summary>
    /// <param name="plan">The search.</param>
    /// <param name="standings">The trials, the best one first.</param>
    /// <param name="output">Where it goes.</param>
    public static void Write(SearchPlan plan, Standing[] standings, TextWriter output)
    {
        bool hasFailures = Array.Exists(standings, standing => standing.Failure is not null);
        var rows = new List<string[]>
        {
            Row(
                plan, "trial", Array.ConvertAll(plan.Tried, option => option.Name), "epochs", [plan.Measure.Name, "spread"],
                hasFailures ? "failure" : null),
        };
        foreach (var standing in standings)
        {
            string[] figures = standing.Failure is null
                ? [plan.Measure.Format(standing.Mean), plan.Measure.Format(standing.Spread)]
                : ["", ""];
            rows.Add(Row(
                plan, Text(standing.Trial.Number), standing.Trial.Values, Text(standing.Epochs), figures,
                hasFailures ? standing.Failure?.Reason ?? "" : null));
        }
        TextTable.Write(output, rows);
        if (standings[0].Failure is null)
        {
            output.WriteLine();
            output.WriteLine($"Best: {CommandOf(plan, standings[0])}");
        }
    }

    /// <summary>Writes an object for each trial, and one for the best.</summary>
    /// <inheritdoc cref="Write" path="/param"/>
    public static void WriteJson(SearchPlan plan, Standing[] standings, TextWriter output)
    {
        foreach (var standing in standings)
        {
            JsonLine.Write(output, line =>
            {
                line.Text("event", "trial").Number("trial", standing.Trial.Number).Number("epochs", standing.Epochs)
                    .Object("options", fields =>
                    {
                        for (int i = 0; i < plan.Tried.Length; i++)
                            fields.Text(plan.Tried[i].Name, standing.Trial.Values[i]);
                    });
                if (standing.Failure is { } failure)
                    line.Text("failure", failure.Reason);
                else
                    line.Number(plan.Measure.Name, standing.Mean).Number("spread", standing.Spread).Doubles("folds", standing.Scores);
            });
        }
        if (standings[0] is { Failure: null } best)
        {
            JsonLine.Write(output, line => line
                .Text("event", "done").Number("trial", best.Trial.Number).Number(plan.Measure.Name, best.Mean)
                .Text("command", CommandOf(plan, best)));
        }
    }

    /// <summary>A row; the epochs are left out without rungs.</summary>
    private static string[] Row(SearchPlan plan, string trial, string[] values, string epochs, string[] figures, string? failure)
    {
        List<string> cells = [trial, .. values];
        if (plan.Rungs.Count > 1)
            cells.Add(epochs);
        cells.AddRange(figures);
        if (failure is not null)
            cells.Add(failure);
        return [.. cells];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
