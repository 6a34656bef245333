namespace Nabla;

/// <summary>
/// A download that is not complete yet: <c>NAME.part</c>, and beside it <c>NAME.part.etag</c>, which says what it is the beginning of.
/// </summary>
/// <remarks>
/// The .etag file is held open exclusively as long as this object lives. A second process finds it locked, and works on a part of a
/// name of its own, which it deletes if it does not finish. The lock outlives the part: it is removed last, after publication.
/// </remarks>
internal sealed class PartFile : IDisposable
{
    private readonly string path;
    private readonly FileStream origin;
    private readonly bool isShared;

    private PartFile(string path, FileStream origin, bool isShared)
    {
        this.path = path;
        this.origin = origin;
        this.isShared = isShared;
        Stream = OpenStream(path);
    }

    /// <summary>The bytes so far.</summary>
    public FileStream Stream { get; private set; }

    /// <summary>Opens what an earlier attempt has left, or starts again.</summary>
    /// <param name="target">Where the complete file will be.</param>
    public static PartFile Open(string target)
    {
        string path = target + ".part";
        if (TryLock(path) is { } origin)
            return new PartFile(path, origin, isShared: true);
        path = $"{target}.{Guid.NewGuid():N}.part";
        return new PartFile(path, TryLock(path) ?? throw new IOException($"{path}.etag cannot be created."), isShared: false);
    }

    /// <summary>
    /// The entity tag under which the server at <paramref name="url"/> can continue the part; null if it must start again.
    /// </summary>
    public string? TagFrom(Uri url)
    {
        origin.Position = 0;
        string[] lines = new StreamReader(origin, leaveOpen: true).ReadToEnd().Split('\n');
        return Stream.Length > 0 && lines.Length == 2 && lines[0] == url.AbsoluteUri && lines[1].Length > 0 ? lines[1] : null;
    }

    /// <summary>Throws the bytes away and notes what the next ones are the beginning of.</summary>
    /// <param name="url">Where they come from.</param>
    /// <param name="tag">Strong entity tag of the file there; null if it has none, and so can never be continued.</param>
    public void BeginAnew(Uri url, string? tag)
    {
        Stream.SetLength(0);
        origin.SetLength(0);
        using (var writer = new StreamWriter(origin, leaveOpen: true))
            writer.Write($"{url.AbsoluteUri}\n{tag}");
        origin.Flush();
    }

    /// <summary>Looks whether the complete file is what it should be; empties it otherwise.</summary>
    /// <param name="verify">Reads the file at a path and throws <see cref="InvalidInputException"/> if it is not.</param>
    public void Verify(Action<string> verify)
    {
        Stream.Dispose(); // Windows lets no one read what is open for writing.
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

    /// <summary>Gives the file its name, in one step.</summary>
    public void Publish(string target)
    {
        Stream.Flush();
        Durability.FlushFile(Stream);
        Stream.Dispose();
        File.Move(path, target, overwrite: true);
        Durability.FlushFolder(Path.GetDirectoryName(Path.GetFullPath(target))!);
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

    private static FileStream OpenStream(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);

    private static FileStream? TryLock(string path)
    {
        try
        {
            // Exclusive on both: Unix locks for None alone, and Windows can only delete an open file that shares deletion.
            FileShare share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;
            return new FileStream(path + ".etag", FileMode.OpenOrCreate, FileAccess.ReadWrite, share);
        }
        catch (IOException error) when (error.GetType() == typeof(IOException) && File.Exists(path + ".etag"))
        {
            return null;
        }
    }
}
