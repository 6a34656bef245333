namespace Nabla;

/// <summary>
/// Brings mnist.npz into the user's cache: resumable, checked array by array before it gets its name, safe beside a second process.
/// </summary>
/// <remarks>Safe for concurrent use.</remarks>
public static class MnistDownloader
{
    /// <summary>Downloads mnist.npz, even if it is somewhere on this machine already.</summary>
    /// <param name="options">Names the cache and the servers.</param>
    /// <param name="progress">Told of each piece that arrives, on the thread that fetches.</param>
    /// <param name="cancellationToken">Ends the download; what has arrived is continued next time.</param>
    /// <returns>Where it is now.</returns>
    /// <exception cref="NetworkUnavailableException">No server delivered MNIST; the message says why, for each.</exception>
    /// <exception cref="IOException">The cache cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static MnistSource Download(
        MnistOptions options, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        string target = Path.Combine(options.CacheDirectory, "mnist.npz");
        var downloader = new FileDownloader(
            "MNIST", options.Urls, Verify, $"Get online, or put mnist.npz into {options.CacheDirectory} or the folder named by --data-dir.")
        {
            Handler = options.Handler,
        };
        // On the thread pool: the caller's thread may have a synchronization context that waits for itself.
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
