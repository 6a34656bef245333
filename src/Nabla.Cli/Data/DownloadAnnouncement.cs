namespace Nabla.Cli;

/// <summary>Says once that a download has begun: when the first bytes are there, and not where no server answers.</summary>
internal sealed class DownloadAnnouncement(string message, Terminal terminal) : IProgress<DownloadProgress>
{
    private bool isMade;

    public void Report(DownloadProgress value)
    {
        if (isMade)
            return;
        isMade = true;
        terminal.Say(message);
    }
}
