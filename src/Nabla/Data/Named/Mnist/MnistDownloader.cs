namespace Nabla;

/// <summary>
/// Downloads mnist.npz to the user's cache. Downloads can be resumed; each array is checked before the file gets its name.
/// </summary>
/// <remarks>Safe for concurrent use.</remarks>
public static class MnistDownloader
{
    /// <summary>Downloads mnist.npz, even if it is already on this machine.</summary>
    /// <param name="options">The cache folder and the servers.</param>
    /// <param name="progress">Receives a report for each received piece, on the downloading thread.</param>
    /// <param name="cancellationToken">Ends the download; the next download continues it.</param>
    /// <returns>Where the file is.</returns>
    /// <exception cref="DownloadException">No server delivered MNIST; the message has the reason for each server.</exception>
    /// <exception cref="IOException">The cache cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static MnistSource Download(
        MnistOptions options, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        string target = Path.Combine(options.CacheDirectory, "mnist.npz");
        var downloader = new FileDownloader(
            "MNIST", options.Urls, Verify, $"Go online, or put mnist.npz into {options.CacheDirectory}.")
        {
            Handler = options.Handler,
        };
        // On the thread pool: with the synchronization context of the caller's thread, waiting could deadlock.
        Task.Run(() => downloader.DownloadAsync(target, progress, cancellationToken), cancellationToken).GetAwaiter().GetResult();
        return MnistSource.In(options.CacheDirectory)!;
    }

    private static void Verify(string path)
    {
        using NpzReader archive = NpzReader.Open(path);
        foreach (MnistArray array in MnistArray.All)
            array.Check(archive.Read(array.Name), path);
    }
}
