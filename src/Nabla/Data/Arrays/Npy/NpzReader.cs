namespace Nabla;

/// <summary>
/// Reads NumPy's .npz archives: several named arrays in a zip file, stored or deflated. The checksum of each array read is verified.
/// </summary>
/// <remarks>Safe for concurrent reading until it is disposed.</remarks>
public sealed class NpzReader : IDisposable
{
    private readonly ByteSource source;
    private readonly string path;
    private readonly Dictionary<string, ZipMember> members = new(StringComparer.Ordinal);
    private readonly List<string> names = [];

    private NpzReader(string path, ByteSource source, IReadOnlyList<ZipMember> directory)
    {
        this.path = path;
        this.source = source;
        foreach (var member in directory)
        {
            string name = member.Name.EndsWith(".npy", StringComparison.Ordinal) ? member.Name[..^4] : member.Name;
            if (!members.TryAdd(name, member))
                throw new FileLocation(path, member.Name).ErrorInFile(
                    member.EntryOffset, "two members have this name", "Save each array under a different name.");
            names.Add(name);
        }
    }

    /// <summary>Opens an archive and reads its directory.</summary>
    /// <param name="path">A .npz file.</param>
    /// <exception cref="InvalidInputException">It is not a zip archive, is truncated, or its directory is damaged.</exception>
    /// <exception cref="IOException">It cannot be opened or read.</exception>
    public static NpzReader Open(string path) => Open(ByteSource.Open(path), path);

    /// <summary>Opens an archive, which may be in memory.</summary>
    /// <param name="source">The archive, which is disposed of with the reader, or if it cannot be used.</param>
    /// <param name="path">What messages call it.</param>
    internal static NpzReader Open(ByteSource source, string path)
    {
        try
        {
            return new NpzReader(path, source, ZipDirectory.Read(source, new FileLocation(path)));
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>The arrays' names, without <c>.npy</c>, in the order of the archive.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Whether the archive has an array of that name.</summary>
    public bool Contains(string name) => members.ContainsKey(name);

    /// <summary>Reads one array and verifies its checksum.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="InvalidInputException">There is no such array, it is damaged, or its elements are not plain numbers.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public NumericArray Read(string name) => Read(name, NpyReader.Read);

    /// <summary>Reads one array, which may hold texts, and verifies its checksum.</summary>
    internal LabelArray ReadLabels(string name) => Read(name, NpyReader.ReadLabels);

    /// <summary>Finds the elements of an uncompressed array, after verifying its checksum, which takes one pass.</summary>
    /// <exception cref="InvalidInputException">There is no such array, it is compressed or damaged, or not of plain numbers.</exception>
    internal StoredArray Locate(string name)
    {
        var member = Find(name);
        var location = new FileLocation(path, member.Name);
        // A file of its own: the array is used longer than this reader.
        return ByteSource.OpenFor(path, file =>
        {
            var array = NpyReader.Locate(file, ZipContent.FindStored(file, member, location), member.Length, location);
            using var content = ZipContent.Open(file, member, location);
            content.CopyTo(Stream.Null);
            RequireChecksum(content, member, location);
            return array;
        });
    }

    private T Read<T>(string name, Func<Stream, long, FileLocation, T> read)
    {
        var member = Find(name);
        var location = new FileLocation(path, member.Name);
        using var content = ZipContent.Open(source, member, location);
        var array = read(content, member.Length, location);
        IncrementalRead.RequireEnd(content, location, content.BytesRead);
        RequireChecksum(content, member, location);
        return array;
    }

    private ZipMember Find(string name) => members.TryGetValue(name, out var member)
        ? member
        : throw new FileLocation(path).Error(
            $"it has no array {name}; it has {(names.Count == 0 ? "none" : string.Join(", ", names))}",
            $"Save it with the key {name}, e.g. numpy.savez(file, {name}=...).");

    private static void RequireChecksum(ChecksummedStream content, ZipMember member, FileLocation location)
    {
        if (content.Checksum != member.Checksum)
        {
            throw location.ErrorInFile(
                member.EntryOffset, $"its checksum is {content.Checksum:x8}, but should be {member.Checksum:x8}", FileLocation.CopyAgain);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => source.Dispose();

    /// <inheritdoc/>
    public override string ToString() => $"{path}: {string.Join(", ", names)}";
}
