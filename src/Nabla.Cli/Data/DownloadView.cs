using System.Globalization;
using Spectre.Console;

namespace Nabla.Cli;

/// <summary>The live progress of a download: received bytes and speed.</summary>
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
        if (progress.Total is not (> 0 and var total))
            return string.Create(CultureInfo.InvariantCulture, $"{progress.Bytes / 1e6:0.0} MB{speed}");
        string bar = LiveLine.Bar((double)progress.Bytes / total);
        return string.Create(CultureInfo.InvariantCulture, $"{bar}  {progress.Bytes / 1e6:0.0} of {total / 1e6:0.0} MB{speed}");
    }
}
