using System.CommandLine;
using System.Globalization;

namespace Nabla.Cli;

/// <summary><c>nabla lr-find</c>: a learning-rate range test.</summary>
internal sealed class LearningRateFindCommand : Command
{
    private static readonly LearningRateRange Default = new();

    private readonly DataOptions data = new(TableUse.Plan);
    private readonly TrainingOptionSet training = TrainingOptionCatalogue.ForLearningRateFinder();

    private readonly TaskOption task = new();

    private readonly ValueOption<float> from = new(
        "--from", "RATE", $"Learning rate of the first step (default: {Default.From}).", ValueFormats.Positive, "1e-6");

    private readonly ValueOption<float> to = new(
        "--to", "RATE",
        "Learning rate of the last step (default: "
        + $"{string.Join(", ", OptimizerOptions.All.Select(kind => $"{kind.LargestLearningRate} with {kind.Name}"))}).",
        ValueFormats.Positive, "10");

    private readonly ValueOption<int> steps = new(
        "--steps", "N", $"Number of steps, at least 20 (default: {Default.Steps}).", ValueFormats.Count, "100");

    private readonly JsonSwitch json;
    private readonly Terminal terminal;

    public LearningRateFindCommand(Terminal terminal)
        : base("lr-find", "Trains with growing learning rates, and proposes one.")
    {
        this.terminal = terminal;
        data.AddTo(this);
        Add(task);
        training.AddTo(this);
        Add(from);
        Add(to);
        Add(steps);
        json = JsonSwitch.AddTo(this);
        SetAction(parse => terminal.Interruption.WaitFor(() => Run(parse)));
    }

    private int Run(ParseResult parse)
    {
        var request = data.Bind(parse) with { Kind = task.ValueOr(parse, TargetKind.Automatic) };
        var settings = training.Bind(parse, DataSource.SettingsFor(request, terminal));
        var range = new LearningRateRange
        {
            From = from.ValueOr(parse, Default.From),
            To = to.IsGiven(parse) ? parse.GetValue(to) : null,
            Steps = steps.ValueOr(parse, Default.Steps),
        };
        _ = range.Rates(settings.Options.Optimizer); // validated before the data are loaded
        var loaded = new DataSource(terminal).LoadForTraining(request.Preferring(settings.Options.Loss));
        terminal.Inform($"Trying learning rates on {loaded.Train.Count} examples of {loaded.Request.Name}.");
        var report = Find(loaded.Train, settings, range);
        string? next = report.Proposal is { } rate
            ? $"nabla train {loaded.Request.ToArguments(withTarget: true)}{task.ToArguments(parse)}{training.ToArguments(parse)} "
                + $"--learning-rate {Short(rate)}"
            : null;
        if (json.IsGiven(parse))
            WriteJson(report, next);
        else
            WriteText(report, next);
        return next is null ? ExitCode.CheckFailed : ExitCode.Done;
    }

    private LearningRateReport Find(Dataset train, TrainingSettings settings, LearningRateRange range) => LearningRateFinder.Run(
        train, settings.Preset.For(train.Targets), range, EngineChoice.Creator(settings.Engine), terminal.Interruption.Token);

    private void WriteJson(LearningRateReport report, string? next)
    {
        foreach (var point in report.Points)
        {
            JsonLine.Write(terminal.Out, line => line
                .Text("event", "point")
                .Number("step", point.Step)
                .Number("learning-rate", point.LearningRate)
                .Number("loss", point.Loss)
                .Number("smoothed-loss", point.SmoothedLoss));
        }
        JsonLine.Write(terminal.Out, line => line
            .Text("event", "done")
            .Number("learning-rate", report.Proposal)
            .Number("steepest", report.Steepest)
            .Number("tenth-of-lowest", report.TenthOfLowest)
            .Boolean("stopped-early", report.StoppedEarly)
            .Text("next", next));
    }

    private void WriteText(LearningRateReport report, string? next)
    {
        foreach (string line in LearningRatePlot.Draw(report))
            terminal.Out.WriteLine(line);
        terminal.Out.WriteLine();
        if (next is null)
        {
            terminal.Out.WriteLine("No learning rate is proposed: the loss hardly fell.");
            terminal.Inform("Try other rates with --from and --to, more --steps, or another --scaling.");
            return;
        }
        terminal.Out.WriteLine($"Learning rate: {Short(report.Proposal!.Value)}, where the loss falls most steeply");
        terminal.Out.WriteLine($"Another rule of thumb, a tenth of the rate with the lowest loss: {Short(report.TenthOfLowest!.Value)}");
        terminal.Inform($"Next: {next}");
    }

    // More digits of a learning rate would be meaningless.
    private static string Short(float rate) => rate.ToString("G2", CultureInfo.InvariantCulture);
}
