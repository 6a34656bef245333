using Microsoft.Win32.SafeHandles;

namespace Nabla;

/// <summary>Temporary files whose writer was killed: <c>.nabla-*.tmp</c> that nobody has locked.</summary>
internal static class AbandonedFiles
{
    // On Windows, a writer closes its file an instant before it renames it.
    private static readonly TimeSpan WindowsAge = TimeSpan.FromMinutes(10);

    /// <summary>The error of a file that another process has locked: EWOULDBLOCK.</summary>
    public static int Locked { get; } = OperatingSystem.IsLinux() ? 11 : 35;

    /// <summary>A name for a new temporary file.</summary>
    public static string NewName() => $".nabla-{Path.GetRandomFileName()}.tmp";

    /// <summary>Removes those in a folder. Failures are ignored: the files do no harm but take space.</summary>
    public static void Remove(string folder, IFileOutput output)
    {
        try
        {
            foreach (string path in Directory.EnumerateFiles(folder, ".nabla-*.tmp"))
                RemoveIfAbandoned(path, output);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A folder that may be written and not read cannot be listed.
        }
    }

    private static void RemoveIfAbandoned(string path, IFileOutput output)
    {
        try
        {
            if (!IsCandidate(path) || TryOpen(path, FileShare.None) is not { } held)
                return;
            using (held)
            {
                if (OperatingSystem.IsWindows())
                    held.Dispose();
                else if (!AreLocksRespected(path))
                    return;
                output.Delete(path);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Another user's file, or another process was faster.
        }
    }

    // Opening anything but an ordinary file, such as a pipe that somebody put there, might wait for ever.
    private static bool IsCandidate(string path) => OperatingSystem.IsWindows()
        ? File.GetLastWriteTimeUtc(path) < DateTime.UtcNow - WindowsAge
        : FileKinds.Of(path) == FileKind.Ordinary;

    /// <summary>
    /// Whether a writer's lock would have been noticed. Some network file systems have none; then nothing tells whether a writer lives.
    /// </summary>
    private static bool AreLocksRespected(string path)
    {
        using var second = TryOpen(path, FileShare.Read); // as a writer opens it
        return second is null;
    }

    private static SafeFileHandle? TryOpen(string path, FileShare share)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Write, share);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
