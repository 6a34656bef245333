using System.CommandLine;

namespace Nabla.Cli;

/// <summary><c>nabla compare</c>: how much better a network is than simpler predictions.</summary>
internal sealed class CompareCommand : Command
{
    private readonly DataOptions data = new(TableUse.Plan);
    private readonly TrainingOptionSet training = TrainingOptionCatalogue.ForTraining();
    private readonly TaskOption task = new();

    private readonly FoldsOption folds = new();

    private readonly JsonSwitch json;
    private readonly Terminal terminal;

    public CompareCommand(Terminal terminal)
        : base("compare", "Compares a network with a linear model and with the most frequent class or the mean, on the same folds.")
    {
        this.terminal = terminal;
        data.AddTo(this);
        Add(task);
        training.AddTo(this);
        Add(folds);
        json = JsonSwitch.AddTo(this);
        SetAction(parse => terminal.Interruption.WaitFor(() => Run(parse)));
    }

    private int Run(ParseResult parse)
    {
        var request = data.Bind(parse) with { Kind = task.ValueOr(parse, TargetKind.Automatic) };
        var settings = training.Bind(parse, DataSource.SettingsFor(request, terminal));
        var loaded = new DataSource(terminal).LoadForTraining(request.Preferring(settings.Options.Loss));
        int count = folds.ValueOr(parse, FoldsOption.Default);
        terminal.Inform(
            $"Measuring each model on {loaded.Train.Count} examples of {loaded.Request.Name}, which are divided into {count} folds: each "
            + "is predicted by a model that did not learn from it.");
        var results = new List<ComparedModel>();
        foreach (var result in Comparison.Run(loaded.Train, settings, count, terminal.Interruption.Token))
        {
            results.Add(result);
            if (json.IsGiven(parse))
            {
                JsonLine.Write(terminal.Out, line => line
                    .Text("model", result.Name).Metrics(result.Report).Number("seconds", result.Time.TotalSeconds));
            }
        }
        if (!json.IsGiven(parse))
            TextTable.Write(terminal.Out, [[.. Header(results[0])], .. results.Select(Cells)]);
        return ExitCode.Done;
    }

    private static IEnumerable<string> Header(ComparedModel result) =>
        ["model", .. result.Report.Metrics.Select(metric => metric.Title), "seconds"];

    private static string[] Cells(ComparedModel result) =>
    [
        result.Name, .. result.Report.Metrics.Select(metric => metric.ValueText),
        result.Time.TotalSeconds.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture),
    ];
}
