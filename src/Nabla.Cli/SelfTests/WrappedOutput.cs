using Microsoft.Win32.SafeHandles;

namespace Nabla.Cli;

/// <summary>File output that passes each operation on, and lets a derived class act before it.</summary>
/// <param name="inner">Performs the operations.</param>
internal abstract class WrappedOutput(IFileOutput inner) : IFileOutput
{
    /// <summary>The output that performs the operations.</summary>
    protected IFileOutput Inner { get; } = inner;

    /// <inheritdoc/>
    public virtual SafeFileHandle Create(string path, UnixFileMode? mode) => Inner.Create(path, mode);

    /// <inheritdoc/>
    public virtual SafeFileHandle Open(string path) => Inner.Open(path);

    /// <inheritdoc/>
    public virtual int Write(SafeFileHandle file, long offset, ReadOnlySpan<byte> bytes) => Inner.Write(file, offset, bytes);

    /// <inheritdoc/>
    public virtual void SetMode(SafeFileHandle file, UnixFileMode mode) => Inner.SetMode(file, mode);

    /// <inheritdoc/>
    public virtual void CreateFolder(string folder) => Inner.CreateFolder(folder);

    /// <inheritdoc/>
    public virtual SafeFileHandle OpenFolder(string folder) => Inner.OpenFolder(folder);

    /// <inheritdoc/>
    public virtual void Flush(SafeFileHandle file) => Inner.Flush(file);

    /// <inheritdoc/>
    public virtual void Close(SafeFileHandle file) => Inner.Close(file);

    /// <inheritdoc/>
    public virtual void Rename(string from, string to) => Inner.Rename(from, to);

    /// <inheritdoc/>
    public virtual void Delete(string path) => Inner.Delete(path);
}
