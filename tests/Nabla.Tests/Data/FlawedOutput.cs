using Microsoft.Win32.SafeHandles;

namespace Nabla.Tests;

/// <summary>The system's file output, with something else before an operation.</summary>
internal sealed class FlawedOutput : IFileOutput
{
    private readonly SystemFileOutput system = SystemFileOutput.Instance;

    public Action<string> OnCreate { get; set; } = _ => { };

    public Action<string> AfterCreate { get; set; } = _ => { };

    public Action OnWrite { get; set; } = () => { };

    /// <summary>As many bytes are written at once.</summary>
    public int MostBytes { get; set; } = int.MaxValue;

    public Action OnOpenFolder { get; set; } = () => { };

    public Action<SafeFileHandle> OnFlush { get; set; } = _ => { };

    public Action AfterClose { get; set; } = () => { };

    public Action OnDelete { get; set; } = () => { };

    public SafeFileHandle Create(string path, UnixFileMode? mode)
    {
        OnCreate(path);
        var file = system.Create(path, mode);
        AfterCreate(path);
        return file;
    }

    public SafeFileHandle Open(string path) => system.Open(path);

    public int Write(SafeFileHandle file, long offset, ReadOnlySpan<byte> bytes)
    {
        OnWrite();
        return system.Write(file, offset, bytes[..Math.Min(bytes.Length, MostBytes)]);
    }

    public void SetMode(SafeFileHandle file, UnixFileMode mode) => system.SetMode(file, mode);

    public Action OnCreateFolder { get; set; } = () => { };

    public void CreateFolder(string folder)
    {
        OnCreateFolder();
        system.CreateFolder(folder);
    }

    public SafeFileHandle OpenFolder(string folder)
    {
        OnOpenFolder();
        return system.OpenFolder(folder);
    }

    public void Flush(SafeFileHandle file)
    {
        OnFlush(file);
        system.Flush(file);
    }

    public void Close(SafeFileHandle file)
    {
        system.Close(file);
        AfterClose();
    }

    public void Rename(string from, string to) => system.Rename(from, to);

    public void Delete(string path)
    {
        OnDelete();
        system.Delete(path);
    }
}
