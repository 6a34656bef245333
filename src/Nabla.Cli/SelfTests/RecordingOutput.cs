using Microsoft.Win32.SafeHandles;

namespace Nabla.Cli;

/// <summary>An operation that changes what is on the disk, or makes sure of it.</summary>
internal abstract record DiskOperation
{
    /// <summary>A file was created.</summary>
    /// <param name="File">The number of the file, whatever its name.</param>
    /// <param name="Name">Its first name.</param>
    internal sealed record Created(int File, string Name) : DiskOperation;

    /// <summary>Bytes were written.</summary>
    internal sealed record Written(int File, long Offset, byte[] Bytes) : DiskOperation
    {
        public override string ToString() => $"{nameof(Written)} {{ File = {File}, Offset = {Offset}, {Bytes.Length} bytes }}";
    }

    /// <summary>The bytes of a file were flushed.</summary>
    internal sealed record FileFlushed(int File) : DiskOperation;

    /// <summary>A file got another name.</summary>
    internal sealed record Renamed(string From, string To) : DiskOperation;

    /// <summary>A name was deleted.</summary>
    internal sealed record Deleted(string Name) : DiskOperation;

    /// <summary>A folder was created.</summary>
    internal sealed record FolderCreated(string Name) : DiskOperation;

    /// <summary>The names in a folder were flushed.</summary>
    internal sealed record FolderFlushed(string Name) : DiskOperation;
}

/// <summary>Records the operations that succeed, and writes in many small steps. Names are paths within a folder.</summary>
/// <param name="root">The folder.</param>
internal sealed class RecordingOutput(string root) : WrappedOutput(AtomicFile.SystemOutput)
{
    private const int LargestWrite = 1000;

    private readonly Dictionary<SafeFileHandle, int> files = [];
    private readonly Dictionary<SafeFileHandle, string> folders = [];

    /// <summary>The operations so far.</summary>
    public List<DiskOperation> Operations { get; } = [];

    /// <inheritdoc/>
    public override SafeFileHandle Create(string path, UnixFileMode? mode)
    {
        var handle = base.Create(path, mode);
        Operations.Add(new DiskOperation.Created(files[handle] = files.Count, NameOf(path)));
        return handle;
    }

    /// <inheritdoc/>
    public override void CreateFolder(string folder)
    {
        base.CreateFolder(folder);
        Operations.Add(new DiskOperation.FolderCreated(NameOf(folder)));
    }

    /// <inheritdoc/>
    public override SafeFileHandle OpenFolder(string folder)
    {
        var handle = base.OpenFolder(folder);
        folders[handle] = NameOf(folder);
        return handle;
    }

    /// <inheritdoc/>
    public override int Write(SafeFileHandle file, long offset, ReadOnlySpan<byte> bytes)
    {
        int written = base.Write(file, offset, bytes[..Math.Min(bytes.Length, LargestWrite)]);
        Operations.Add(new DiskOperation.Written(files[file], offset, bytes[..written].ToArray()));
        return written;
    }

    /// <inheritdoc/>
    public override void Flush(SafeFileHandle file)
    {
        base.Flush(file);
        Operations.Add(files.TryGetValue(file, out int number)
            ? new DiskOperation.FileFlushed(number)
            : new DiskOperation.FolderFlushed(folders[file]));
    }

    /// <inheritdoc/>
    public override void Rename(string from, string to)
    {
        base.Rename(from, to);
        Operations.Add(new DiskOperation.Renamed(NameOf(from), NameOf(to)));
    }

    /// <inheritdoc/>
    public override void Delete(string path)
    {
        base.Delete(path);
        Operations.Add(new DiskOperation.Deleted(NameOf(path)));
    }

    private string NameOf(string path) => Path.GetRelativePath(root, path);
}
