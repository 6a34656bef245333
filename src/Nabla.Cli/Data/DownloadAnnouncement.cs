namespace Nabla.Cli;

/// <summary>Announces a download once, when the first bytes arrive, so that nothing is announced if no server answers.</summary>
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
