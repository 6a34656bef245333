namespace Nabla.Cli;

/// <summary>MNIST as this terminal reaches it: its folders, its network, its screen.</summary>
internal static class MnistAccess
{
    /// <param name="folder">The only folder to look into; null for the usual places.</param>
    /// <param name="terminal">The outside world.</param>
    public static MnistOptions Options(string? folder, Terminal terminal) => new()
    {
        DataDirectory = folder,
        EnvironmentDirectory = terminal.Variable("NABLA_DATA"),
        CurrentDirectory = terminal.CurrentDirectory,
        CacheDirectory = terminal.CacheDirectory,
        Handler = terminal.Network,
    };

    /// <summary>Finds MNIST and reads it, or downloads it first.</summary>
    public static (Dataset Train, Dataset Test) Load(string? folder, Terminal terminal)
    {
        var options = Options(folder, terminal);
        // A folder that was named is the only place to look in, and it is an error if MNIST is not there.
        if (folder is not null || Mnist.Find(options) is not null)
            return Mnist.Load(options, null, terminal.Interruption.Token);
        return Mnist.Read(Download(options, terminal));
    }

    /// <summary>Downloads MNIST with a bar that shows how far it has come.</summary>
    public static MnistSource Download(MnistOptions options, Terminal terminal)
    {
        var announcement = new DownloadAnnouncement($"Downloading mnist to {options.CacheDirectory}", terminal);
        return terminal.Screen is null
            ? MnistDownloader.Download(options, announcement, terminal.Interruption.Token)
            : new DownloadView(terminal.Screen, terminal.Clock)
                .Run(view => MnistDownloader.Download(options, view, terminal.Interruption.Token));
    }
}
