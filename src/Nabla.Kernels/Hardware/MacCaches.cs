using System.Runtime.InteropServices;

namespace Nabla.Kernels;

/// <summary>The caches that macOS reports: cores of level 0 are fast, those of level 1 save power.</summary>
internal static partial class MacCaches
{
    /// <summary>Reads the caches of all kinds of cores.</summary>
    /// <exception cref="DllNotFoundException">This is not macOS.</exception>
    public static IEnumerable<CacheLevel> Read() => From(Value);

    /// <summary>The caches that the named values describe.</summary>
    /// <param name="value">Gives a value of <c>sysctl</c>; 0 if there is none of that name.</param>
    public static IEnumerable<CacheLevel> From(Func<string, long> value)
    {
        foreach (string level in (string[])["hw.perflevel0.", "hw.perflevel1.", "hw."])
        {
            if (value(level + "l1dcachesize") is > 0 and var first)
                yield return new CacheLevel(1, first, 1);
            if (value(level + "l2cachesize") is > 0 and var second)
                yield return new CacheLevel(2, second, (int)Math.Max(1, value(level + "cpusperl2")));
            if (value(level + "l3cachesize") is > 0 and var third)
                yield return new CacheLevel(3, third, (int)Math.Max(1, value(level + "cpusperl3")));
            // Without kinds of cores, the general names describe all.
            if (level == "hw.perflevel1." && value("hw.perflevel0.l1dcachesize") > 0)
                yield break;
        }
    }

    /// <summary>A value of <c>sysctl</c>; 0 if there is none of that name.</summary>
    public static long Value(string name)
    {
        long value = 0;
        nuint length = sizeof(long);
        return ReadByName(name, ref value, ref length, 0, 0) == 0 ? value : 0;
    }

    [LibraryImport("libc", EntryPoint = "sysctlbyname", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ReadByName(string name, ref long value, ref nuint length, nint newValue, nuint newLength);
}
