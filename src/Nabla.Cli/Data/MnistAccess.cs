namespace Nabla.Cli;

/// <summary>Loads MNIST with the folders, the network and the screen of a terminal.</summary>
internal static class MnistAccess
{
    /// <param name="folder">The only folder to search; null for the usual places.</param>
    /// <param name="terminal">The outside world.</param>
    public static MnistOptions Options(string? folder, Terminal terminal) => new()
    {
        DataDirectory = folder,
        EnvironmentDirectory = terminal.Variable("NABLA_DATA"),
        CurrentDirectory = terminal.FullPath("."),
        CacheDirectory = terminal.CacheDirectory,
        Handler = terminal.Network,
    };

    /// <summary>Finds and reads MNIST, and downloads it first if necessary.</summary>
    public static (Dataset Train, Dataset Test) Load(string? folder, Terminal terminal)
    {
        var options = Options(folder, terminal);
        // If a folder is given, it is an error if MNIST is not there.
        if (folder is not null || Mnist.Find(options) is not null)
            return Mnist.Load(options, null, terminal.Interruption.Token);
        return Mnist.Read(Download(options, terminal));
    }

    /// <summary>Downloads MNIST, and shows the progress.</summary>
    public static MnistSource Download(MnistOptions options, Terminal terminal)
    {
        var announcement = new DownloadAnnouncement($"Downloading mnist to {options.CacheDirectory}", terminal);
        return terminal.Screen is null
            ? MnistDownloader.Download(options, announcement, terminal.Interruption.Token)
            : new DownloadView(terminal.Screen, terminal.Clock)
                .Run(view => MnistDownloader.Download(options, view, terminal.Interruption.Token));
    }
}
