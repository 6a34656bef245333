using System.Globalization;
using Spectre.Console;

namespace Nabla.Cli;

/// <summary>A download on the screen: how much of it has come, and how fast.</summary>
internal sealed class DownloadView(IAnsiConsole screen, TimeProvider clock) : IProgress<DownloadProgress>
{
    private readonly LiveLine line = new(screen, clock);
    private readonly long started = clock.GetTimestamp();

    public T Run<T>(Func<DownloadView, T> download) => line.Run(() => download(this));

    public void Report(DownloadProgress value) => line.Show(() => Line(value));

    private string Line(DownloadProgress progress)
    {
        double seconds = clock.GetElapsedTime(started).TotalSeconds;
        string speed = seconds > 0 ? string.Create(CultureInfo.InvariantCulture, $"  {progress.Bytes / seconds / 1e6:0.0} MB/s") : "";
        return progress.Total is { } total and > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{LiveLine.Bar((double)progress.Bytes / total)}  {progress.Bytes / 1e6:0.0} of {total / 1e6:0.0} MB{speed}")
            : string.Create(CultureInfo.InvariantCulture, $"{progress.Bytes / 1e6:0.0} MB{speed}");
    }
}
