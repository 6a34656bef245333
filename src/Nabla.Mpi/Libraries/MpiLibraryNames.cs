namespace Nabla.Mpi;

/// <summary>The names of libraries of MPI, as the system's loader knows them.</summary>
internal static class MpiLibraryNames
{
    private static readonly string[] OpenMpi = OperatingSystem.IsMacOS() ? ["libmpi.40.dylib"] : ["libmpi.so.40"];

    // libmpi.so.12 is Intel MPI, or MPICH under the name on which they agreed.
    private static readonly string[] Mpich =
        OperatingSystem.IsMacOS() ? ["libmpich.12.dylib", "libmpi.12.dylib"] : ["libmpich.so.12", "libmpi.so.12"];

    // Before MPI 5.0 was final, MPICH gave the library the number 0.
    private static readonly string[] Standard =
        OperatingSystem.IsMacOS() ? ["libmpi_abi.1.dylib", "libmpi_abi.0.dylib"] : ["libmpi_abi.so.1", "libmpi_abi.so.0"];

    /// <summary>What to try for a launcher, in this order.</summary>
    public static IEnumerable<string> For(MpiFamily family) =>
        family == MpiFamily.Mpich ? [.. Mpich, .. Standard, .. OpenMpi] : [.. OpenMpi, .. Mpich, .. Standard];
}
