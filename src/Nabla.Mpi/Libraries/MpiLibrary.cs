using System.Runtime.InteropServices;

namespace Nabla.Mpi;

/// <summary>A library of MPI that was loaded, and whose ABI is known.</summary>
/// <param name="Name">The name or path by which it was found.</param>
/// <param name="Version">Its own name and version, e.g. <c>Open MPI v4.1.4</c>.</param>
/// <param name="Functions">Its functions.</param>
internal sealed record MpiLibrary(string Name, string Version, IMpiFunctions Functions)
{
    /// <summary>The environment variable with the name or path of the library.</summary>
    public const string Variable = "NABLA_MPI";

    /// <summary>Loads the library that belongs to a launcher.</summary>
    /// <param name="launcher">What started this process.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <exception cref="CommunicationException">No library can be loaded; the message has all that were tried.</exception>
    public static MpiLibrary Load(Launcher launcher, Func<string, string?> variable)
    {
        string? chosen = variable(Variable);
        var failures = new List<string>();
        foreach (string name in string.IsNullOrEmpty(chosen) ? MpiLibraryNames.For(launcher.Family) : [chosen])
        {
            try
            {
                return Load(name);
            }
            catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException
                or NotSupportedException)
            {
                failures.Add(e is NotSupportedException ? $"{name} {e.Message}" : $"{name}: {Reason(e)}");
            }
        }
        throw new CommunicationException(
            "cannot load a library of MPI",
            launcher.Place,
            $"{launcher.Name} started this process as one of several ranks, and none of these can be used: {string.Join("; ", failures)}",
            string.IsNullOrEmpty(chosen)
                ? $"Install the library of the launcher (Debian: libopenmpi3 or libmpich12), or set {Variable} to its path."
                : $"Set {Variable} to the path of the launcher's library, or unset it to search for the usual names.");
    }

    /// <summary>The library's own name and version, and the name by which it was found.</summary>
    public override string ToString() => $"{Version} ({Name})";

    /// <summary>Loads a library and finds out which ABI it has.</summary>
    private static MpiLibrary Load(string name)
    {
        nint library = NativeLibrary.Load(name);
        string text = GetVersion(library);
        string version = MpiText.Line(text.Split('\n', ',')[0]); // without the options of its build
        // The standard comes first: an implementation of it may bring symbols of its own ABI along.
        if (StandardAbi.IsThatOf(library))
            return new MpiLibrary(name, version, StandardAbi.Create(library));
        if (OpenMpiAbi.IsThatOf(library))
            return new MpiLibrary(name, version, OpenMpiAbi.Create(library));
        if (MpichAbi.IsThatOf(text))
            return new MpiLibrary(name, version, MpichAbi.Create(library));
        throw new NotSupportedException($"has an ABI that Nabla does not know ({version})");
    }

    private static unsafe string GetVersion(nint library)
    {
        var function = (delegate* unmanaged<byte*, int*, int>)NativeLibrary.GetExport(library, "MPI_Get_library_version");
        byte* text = stackalloc byte[MpiText.LongestVersion];
        int length = 0;
        return function(text, &length) == 0 ? MpiText.Read(text, length) : "unknown";
    }

    // The runtime's message begins with the library's name, and goes on with advice about variables of the system.
    private static string Reason(Exception e) => e switch
    {
        EntryPointNotFoundException => $"it is not a library of MPI ({e.Message})",
        BadImageFormatException => "it is not a library for this processor",
        _ => e.Message.Split('\n').Select(line => line.Trim()).LastOrDefault(line => line.Length > 0) ?? "it cannot be loaded",
    };
}
