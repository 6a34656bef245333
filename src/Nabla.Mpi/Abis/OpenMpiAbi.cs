using System.Runtime.InteropServices;

namespace Nabla.Mpi;

/// <summary>The ABI of Open MPI 4 and 5 (libmpi.so.40): a handle is the address of an object that the library exports.</summary>
internal static class OpenMpiAbi
{
    private const string World = "ompi_mpi_comm_world";

    /// <summary>Whether a library has this ABI.</summary>
    public static bool IsThatOf(nint library) => NativeLibrary.TryGetExport(library, World, out _);

    /// <summary>The functions of a library that has this ABI.</summary>
    public static IMpiFunctions Create(nint library) => new MpiFunctions<nint>(library, new MpiHandles<nint>(
        World: NativeLibrary.GetExport(library, World),
        Byte: NativeLibrary.GetExport(library, "ompi_mpi_byte"),
        ErrorsReturn: NativeLibrary.GetExport(library, "ompi_mpi_errors_return"),
        ThreadSerialized: 2));
}
