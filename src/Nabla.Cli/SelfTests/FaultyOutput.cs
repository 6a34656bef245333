using Microsoft.Win32.SafeHandles;

namespace Nabla.Cli;

/// <summary>How long a fault lasts.</summary>
internal enum FaultDuration
{
    /// <summary>One operation fails.</summary>
    Once,

    /// <summary>This kind of operation fails from then on.</summary>
    Operation,

    /// <summary>All operations fail from then on, but closing also closes.</summary>
    Everything,
}

/// <summary>An error of the system, or a write that is short.</summary>
/// <param name="Name">Its name in C.</param>
/// <param name="Number">Its number on Linux; 0 for a short write.</param>
/// <param name="Message">What the system calls it.</param>
internal sealed record Fault(string Name, int Number, string Message)
{
    public static Fault ShortWrite { get; } = new("a short write", 0, "");

    public static Fault Interrupted { get; } = new("EINTR", 4, "Interrupted system call");

    public static Fault NoPermission { get; } = new("EACCES", 13, "Permission denied");

    /// <summary>All faults.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        new("EIO", 5, "Input/output error"), new("ENOSPC", 28, "No space left on device"), new("EDQUOT", 122, "Disk quota exceeded"),
        new("EROFS", 30, "Read-only file system"), new("EXDEV", 18, "Invalid cross-device link"),
        new("EMFILE", 24, "Too many open files"), new("EFBIG", 27, "File too large"), NoPermission, Interrupted, ShortWrite,
    ];

    /// <summary>The error as the base library reports it.</summary>
    public Exception ToException() => this == NoPermission ? new UnauthorizedAccessException(Message) : new IOException(Message, Number);
}

/// <summary>The system's file output, in which one operation fails.</summary>
/// <param name="at">The number of the operation that fails, from 0; -1 for none.</param>
/// <param name="fault">What goes wrong.</param>
/// <param name="duration">How long.</param>
/// <param name="largestWrite">The most bytes that one write takes.</param>
internal sealed class FaultyOutput(int at, Fault fault, FaultDuration duration, int largestWrite)
    : WrappedOutput(AtomicFile.SystemOutput)
{
    private readonly HashSet<SafeFileHandle> flushed = [];
    private readonly HashSet<SafeFileHandle> open = [];
    private string? failing; // the kind of operation

    /// <summary>The kinds of the operations so far, in order.</summary>
    public List<string> Operations { get; } = [];

    /// <summary>Whether a file or folder was flushed twice: after an error, the second time succeeds and means nothing.</summary>
    public bool HasFlushedTwice { get; private set; }

    /// <summary>Whether a file or folder is still open.</summary>
    public bool HasOpenFiles => open.Count > 0;

    /// <summary>Whether the new file has its name.</summary>
    public bool HasRenamed { get; private set; }

    /// <summary>Whether a temporary file could not be deleted; then it stays until the next save.</summary>
    public bool HasFailedToDelete { get; private set; }

    /// <summary>The kind of the operation that failed first.</summary>
    public string Failed => failing ?? "";

    /// <inheritdoc/>
    public override SafeFileHandle Create(string path, UnixFileMode? mode)
    {
        Begin("create");
        return Opened(base.Create(path, mode));
    }

    /// <inheritdoc/>
    public override int Write(SafeFileHandle file, long offset, ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..Math.Min(bytes.Length, largestWrite)];
        return Begin("write") ? base.Write(file, offset, bytes[..Math.Max(1, bytes.Length / 2)]) : base.Write(file, offset, bytes);
    }

    /// <inheritdoc/>
    public override void SetMode(SafeFileHandle file, UnixFileMode mode)
    {
        Begin("set mode");
        base.SetMode(file, mode);
    }

    /// <inheritdoc/>
    public override SafeFileHandle OpenFolder(string folder)
    {
        Begin("open folder");
        return Opened(base.OpenFolder(folder));
    }

    /// <inheritdoc/>
    public override void Flush(SafeFileHandle file)
    {
        HasFlushedTwice |= !flushed.Add(file);
        Begin("flush");
        base.Flush(file);
    }

    /// <inheritdoc/>
    public override void Close(SafeFileHandle file)
    {
        open.Remove(file);
        base.Close(file);
        Begin("close");
    }

    /// <inheritdoc/>
    public override void Rename(string from, string to)
    {
        Begin("rename");
        base.Rename(from, to);
        HasRenamed = true;
    }

    /// <inheritdoc/>
    public override void Delete(string path)
    {
        Begin("delete");
        base.Delete(path);
    }

    private SafeFileHandle Opened(SafeFileHandle handle)
    {
        open.Add(handle);
        return handle;
    }

    /// <returns>Whether the operation writes only a part.</returns>
    private bool Begin(string operation)
    {
        Operations.Add(operation);
        if (Operations.Count - 1 == at)
            failing = operation;
        bool fails = failing is not null && duration switch
        {
            FaultDuration.Once => Operations.Count - 1 == at,
            FaultDuration.Operation => operation == failing,
            _ => true,
        };
        HasFailedToDelete |= fails && operation == "delete";
        if (fails && fault != Fault.ShortWrite)
            throw fault.ToException();
        return fails;
    }
}
