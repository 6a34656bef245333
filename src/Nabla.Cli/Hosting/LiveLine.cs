using Spectre.Console;
using Spectre.Console.Rendering;

namespace Nabla.Cli;

/// <summary>A line at the bottom of the screen that changes while something runs, and disappears at the end.</summary>
internal sealed class LiveLine(IAnsiConsole screen, TimeProvider clock)
{
    /// <summary>Width of a bar in characters.</summary>
    public const int BarWidth = 24;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private LiveDisplayContext? display;
    private long shownAt;

    public int Width => screen.Profile.Width;

    /// <summary>Runs something with the line on the screen.</summary>
    public T Run<T>(Func<T> action) => screen.Live(new Text("")).AutoClear(true).Start(context =>
    {
        display = context;
        try
        {
            return action();
        }
        finally
        {
            display = null;
        }
    });

    /// <summary>Changes the line, unless it changed very recently: drawing takes longer than a small batch.</summary>
    /// <param name="markup">Creates the text, in Spectre's markup; called only if the line changes.</param>
    public void Show(Func<string> markup)
    {
        if (display is null || (shownAt != 0 && clock.GetElapsedTime(shownAt) < Interval))
            return;
        shownAt = clock.GetTimestamp();
        display.UpdateTarget(new Markup(markup()) { Overflow = Overflow.Crop });
    }

    /// <summary>Writes a line that stays, above the live one.</summary>
    public void Write(string text) => screen.Write(new WholeLine(text));

    /// <summary>A bar in Spectre's markup.</summary>
    /// <param name="share">The filled share, from 0 to 1.</param>
    public static string Bar(double share)
    {
        int filled = Math.Clamp((int)(BarWidth * share), 0, BarWidth);
        return $"[green]{new string('━', filled)}[/][grey]{new string('━', BarWidth - filled)}[/]";
    }

    /// <summary>A line that replaces the live one, and erases the rest of it. Spectre only overwrites it.</summary>
    private sealed class WholeLine(string text) : IRenderable
    {
        private const string EraseToTheEnd = "\u001b[K";

        public Measurement Measure(RenderOptions options, int maxWidth) => new(text.Length, text.Length);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
            [new(text), Segment.Control(EraseToTheEnd), Segment.LineBreak];
    }
}
