namespace Nabla.Cli;

/// <summary>Says once that a download has begun, when the first bytes arrive: not if no server answers.</summary>
internal sealed class DownloadAnnouncement(string message, Terminal terminal) : IProgress<DownloadProgress>
{
    private bool isDone;

    public void Report(DownloadProgress value)
    {
        if (isDone)
            return;
        isDone = true;
        terminal.Inform(message);
    }
}
