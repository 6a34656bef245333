using System.Globalization;

namespace Nabla.Cli;

/// <summary>The result of a search: a table or lines of JSON, and the command that trains the best network.</summary>
internal static class SearchTable
{
    /// <summary>The command that trains the network of a trial.</summary>
    public static string CommandOf(SearchPlan plan, Standing standing) => plan.Command + standing.Trial.Arguments;

    /// <summary>Writes a table.</summary>
    /// <param name="plan">The search.</param>
    /// <param name="standings">The trials, the best one first.</param>
    /// <param name="output">Where it goes.</param>
    public static void Write(SearchPlan plan, IReadOnlyList<Standing> standings, TextWriter output)
    {
        bool hasRungs = plan.Rungs.Count > 1, hasFailures = standings.Any(standing => standing.Failure is not null);
        string[] header =
        [
            "trial", .. plan.Tried.Select(option => option.Name), .. hasRungs ? (string[])["epochs"] : [], plan.Measure.Name, "spread",
            .. hasFailures ? (string[])["failure"] : [],
        ];
        TextTable.Write(output, [header, .. standings.Select(standing => (string[])
        [
            Text(standing.Trial.Number), .. standing.Trial.Values, .. hasRungs ? (string[])[Text(standing.Epochs)] : [],
            .. standing.Failure is { } failure
                ? (string[])["", "", failure.Reason]
                : [plan.Measure.Format(standing.Mean), plan.Measure.Format(standing.Spread), .. hasFailures ? (string[])[""] : []],
        ])]);
        if (standings[0].Failure is null)
        {
            output.WriteLine();
            output.WriteLine($"Best: {CommandOf(plan, standings[0])}");
        }
    }

    /// <summary>Writes an object for each trial, and one for the best.</summary>
    /// <inheritdoc cref="Write" path="/param"/>
    public static void WriteJson(SearchPlan plan, IReadOnlyList<Standing> standings, TextWriter output)
    {
        foreach (var standing in standings)
        {
            JsonLine.Write(output, line =>
            {
                line.Text("event", "trial").Number("trial", standing.Trial.Number).Number("epochs", standing.Epochs)
                    .Object("options", fields =>
                    {
                        for (int i = 0; i < plan.Tried.Count; i++)
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

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
