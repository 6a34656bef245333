namespace Nabla;

/// <summary>
/// An incomplete download: <c>NAME.part</c>, and <c>NAME.part.etag</c>, which identifies the file that is being downloaded.
/// </summary>
/// <remarks>
/// The .etag file is open exclusively until this object is disposed. A second process finds it locked, and uses a part with a different
/// name, which it deletes if it does not finish. The lock is removed last, after publication.
/// </remarks>
internal sealed class PartFile : IDisposable
{
    private readonly string path;
    private readonly FileStream origin;
    private readonly IFileOutput output;
    private readonly bool isShared;

    private PartFile(string path, FileStream origin, IFileOutput output, bool isShared)
    {
        this.path = path;
        this.origin = origin;
        this.output = output;
        this.isShared = isShared;
        Stream = OpenStream(path);
    }

    /// <summary>The bytes received so far.</summary>
    public FileStream Stream { get; private set; }

    /// <summary>Opens the part of an earlier attempt, or starts a new one.</summary>
    /// <param name="target">Where the complete file will be.</param>
    /// <param name="output">Writes and flushes the file.</param>
    public static PartFile Open(string target, IFileOutput output)
    {
        string path = target + ".part";
        if (TryLock(path) is { } origin)
            return new PartFile(path, origin, output, isShared: true);
        path = $"{target}.{Guid.NewGuid():N}.part";
        return new PartFile(path, TryLock(path) ?? throw new IOException($"{path}.etag cannot be created."), output, isShared: false);
    }

    /// <summary>
    /// The entity tag with which the server at <paramref name="url"/> can continue the part; null if the download must start again.
    /// </summary>
    public string? TagFrom(Uri url)
    {
        origin.Position = 0;
        string[] lines = new StreamReader(origin, leaveOpen: true).ReadToEnd().Split('\n');
        return Stream.Length > 0 && lines.Length == 2 && lines[0] == url.AbsoluteUri && lines[1].Length > 0 ? lines[1] : null;
    }

    /// <summary>Discards the bytes, and stores which file the next bytes belong to.</summary>
    /// <param name="url">The URL of the file.</param>
    /// <param name="tag">Strong entity tag of the file; null if it has none, so that the download cannot be continued.</param>
    public void BeginAnew(Uri url, string? tag)
    {
        Stream.SetLength(0);
        origin.SetLength(0);
        using (var writer = new StreamWriter(origin, leaveOpen: true))
            writer.Write($"{url.AbsoluteUri}\n{tag}");
        origin.Flush();
    }

    /// <summary>Appends bytes.</summary>
    /// <exception cref="IOException">They do not fit the disk.</exception>
    public void Append(ReadOnlySpan<byte> bytes) => output.WriteAll(Stream.SafeFileHandle, Stream.Length, bytes);

    /// <summary>Checks whether the complete file is the expected one, and empties it otherwise.</summary>
    /// <param name="verify">Throws <see cref="InvalidInputException"/> if the file at a path is not the expected one.</param>
    public void Verify(Action<string> verify)
    {
        Stream.Dispose(); // On Windows, a file that is open for writing cannot be read.
        try
        {
            verify(path);
        }
        catch (InvalidInputException)
        {
            File.Delete(path);
            throw;
        }
        finally
        {
            Stream = OpenStream(path);
        }
    }

    /// <summary>Renames the part to its final name, atomically.</summary>
    /// <exception cref="IOException">It cannot be flushed, and is deleted; or it cannot be renamed.</exception>
    public void Publish(string target)
    {
        try
        {
            output.Flush(Stream.SafeFileHandle);
        }
        catch
        {
            // The system reports a failed write once, and still shows the bytes: the next process would publish what the disk may not have.
            Stream.Dispose();
            output.Delete(path);
            throw;
        }
        Stream.Dispose();
        output.Rename(path, target);
        TemporaryFile.FlushFolder(Path.GetDirectoryName(Path.GetFullPath(target))!, output);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stream.Dispose();
        if (File.Exists(path) && (!isShared || new FileInfo(path).Length == 0))
            File.Delete(path);
        if (!File.Exists(path))
            File.Delete(origin.Name);
        origin.Dispose();
    }

    private static FileStream OpenStream(string path) => new(
        path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);

    private static FileStream? TryLock(string path)
    {
        try
        {
            // Exclusive on both systems: Unix locks only with None; Windows can delete an open file only if deletion is shared.
            FileShare share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;
            return new FileStream(path + ".etag", FileMode.OpenOrCreate, FileAccess.ReadWrite, share);
        }
        catch (IOException error) when (error.GetType() == typeof(IOException) && File.Exists(path + ".etag"))
        {
            return null;
        }
    }
}
