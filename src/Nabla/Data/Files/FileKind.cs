using System.Runtime.InteropServices;
using ProcessorKind = System.Runtime.InteropServices.Architecture;

namespace Nabla;

/// <summary>What a path leads to.</summary>
internal enum FileKind
{
    Missing,
    Ordinary,
    Folder,
    Pipe,
    Socket,
    Device,
    Link,
}

/// <summary>Asks the system for the kind of a file, which .NET does not tell.</summary>
internal static partial class FileKinds
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint TypeOnly = 1; // STATX_TYPE
    private const int ModeOffset = 28; // of stx_mode
    private const int MacModeOffset = 4; // of st_mode
    private const int StatusLength = 256; // that of macOS is shorter

    /// <summary>The kind of a file; a symbolic link is not followed.</summary>
    /// <param name="path">The file.</param>
    /// <returns>On systems other than Linux and macOS, pipes, sockets and devices seem to be ordinary files.</returns>
    /// <exception cref="IOException">The path is impossible, for example too long.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder of the path may not be searched.</exception>
    public static FileKind Of(string path)
    {
        FileAttributes attributes;
        try
        {
            attributes = File.GetAttributes(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return FileKind.Missing;
        }
        return ModeOf(path) is { } mode ? FromMode(mode) : FromAttributes(attributes);
    }

    /// <summary>The kind as far as .NET tells it.</summary>
    internal static FileKind FromAttributes(FileAttributes attributes) =>
        attributes.HasFlag(FileAttributes.ReparsePoint) ? FileKind.Link
        : attributes.HasFlag(FileAttributes.Directory) ? FileKind.Folder
        : FileKind.Ordinary;

    private static int? ModeOf(string path)
    {
        Span<byte> status = stackalloc byte[StatusLength];
        if (OperatingSystem.IsLinux() && GetStatus(CurrentFolder, path, NoFollow, TypeOnly, status) == 0)
            return MemoryMarshal.Read<ushort>(status[ModeOffset..]);
        if (OperatingSystem.IsMacOS() && GetMacStatus(path, status) == 0)
            return MemoryMarshal.Read<ushort>(status[MacModeOffset..]);
        return null;
    }

    // On x64, the name without a suffix is that of a structure with shorter inode numbers.
    private static int GetMacStatus(string path, Span<byte> status) => RuntimeInformation.ProcessArchitecture == ProcessorKind.X64
        ? GetMacStatusOfX64(path, status)
        : GetMacStatusOfArm64(path, status);

    private static FileKind FromMode(int mode) => (mode >> 12) switch
    {
        1 => FileKind.Pipe,
        2 or 6 => FileKind.Device,
        4 => FileKind.Folder,
        10 => FileKind.Link,
        12 => FileKind.Socket,
        _ => FileKind.Ordinary,
    };

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetStatus(int folder, string path, int flags, uint mask, Span<byte> status);

    [LibraryImport("libc", EntryPoint = "lstat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetMacStatusOfArm64(string path, Span<byte> status);

    [LibraryImport("libc", EntryPoint = "lstat$INODE64", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetMacStatusOfX64(string path, Span<byte> status);
}
