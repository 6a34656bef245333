using Microsoft.Win32.SafeHandles;

namespace Nabla.Tests;

/// <summary>The system's file output, with something else before an operation.</summary>
internal sealed class FlawedOutput : IFileOutput
{
    private readonly SystemFileOutput system = SystemFileOutput.Instance;

    public Action OnWrite { get; set; } = () => { };

    public Action OnOpenFolder { get; set; } = () => { };

    public Action OnFlush { get; set; } = () => { };

    public Action OnDelete { get; set; } = () => { };

    public SafeFileHandle Create(string path, UnixFileMode? mode) => system.Create(path, mode);

    public int Write(SafeFileHandle file, long offset, ReadOnlySpan<byte> bytes)
    {
        OnWrite();
        return system.Write(file, offset, bytes);
    }

    public void SetMode(SafeFileHandle file, UnixFileMode mode) => system.SetMode(file, mode);

    public void CreateFolder(string folder) => system.CreateFolder(folder);

    public SafeFileHandle OpenFolder(string folder)
    {
        OnOpenFolder();
        return system.OpenFolder(folder);
    }

    public void Flush(SafeFileHandle file)
    {
        OnFlush();
        system.Flush(file);
    }

    public void Close(SafeFileHandle file) => system.Close(file);

    public void Rename(string from, string to) => system.Rename(from, to);

    public void Delete(string path)
    {
        OnDelete();
        system.Delete(path);
    }
}
