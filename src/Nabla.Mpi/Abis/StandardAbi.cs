using System.Runtime.InteropServices;

namespace Nabla.Mpi;

/// <summary>The ABI that MPI 5.0 defines for all libraries (libmpi_abi.so.1): a handle is a pointer with a fixed small value.</summary>
internal static unsafe class StandardAbi
{
    /// <summary>Whether a library has this ABI.</summary>
    /// <remarks>A library with an ABI of its own may have the function, too, and says -1.</remarks>
    public static bool IsThatOf(nint library)
    {
        if (!NativeLibrary.TryGetExport(library, "MPI_Abi_get_version", out nint function))
            return false;
        int major = 0, minor = 0;
        return ((delegate* unmanaged<int*, int*, int>)function)(&major, &minor) == 0 && major == 1;
    }

    /// <summary>The functions of a library that has this ABI.</summary>
    public static IMpiFunctions Create(nint library) => new MpiFunctions<nint>(library, new MpiHandles<nint>(
        World: 0x101,
        Byte: 0x247,
        ErrorsReturn: 0x143,
        ThreadSerialized: 2048));
}
