using Spectre.Console;

namespace Nabla.Cli;

/// <summary>Plain lines that scroll, and below them one that lives: where the training is, how well it does, how fast, how long yet.</summary>
internal sealed class LiveTrainingView : PlainTrainingView
{
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(100);

    private readonly IAnsiConsole screen;
    private readonly TimeProvider clock;
    private readonly ProgressEstimate estimate;
    private LiveDisplayContext? display;
    private long lastRefresh;

    /// <param name="terminal">Its screen is where the view is drawn.</param>
    /// <param name="epochs">Epochs of the whole training.</param>
    public LiveTrainingView(Terminal terminal, int epochs)
        : base(terminal)
    {
        screen = terminal.Screen!;
        clock = terminal.Clock;
        estimate = new ProgressEstimate(clock, epochs);
    }

    public override void Run(Action training) => screen.Live(new Text("")).AutoClear(true).Start(context =>
    {
        display = context;
        training();
    });

    public override void Report(BatchProgress value)
    {
        estimate.Advance(value);
        // Drawing for each batch would cost more than the batch.
        if (lastRefresh != 0 && clock.GetElapsedTime(lastRefresh) < RefreshInterval)
            return;
        lastRefresh = clock.GetTimestamp();
        display?.UpdateTarget(new Markup(estimate.Line(screen.Profile.Width)) { Overflow = Overflow.Crop });
    }

    public override void Epoch(EpochReport report)
    {
        estimate.Finish(report);
        screen.WriteLine(report.ToString());
    }
}
