namespace Nabla.Mpi;

/// <summary>The ABI of MPICH and of the libraries made from it (libmpich.so.12): a handle is a number.</summary>
internal static class MpichAbi
{
    private static readonly string[] Names = ["MPICH", "Intel(R) MPI", "MVAPICH"];

    /// <summary>Whether a library has this ABI.</summary>
    /// <param name="version">What MPI_Get_library_version says.</param>
    public static bool IsThatOf(string version) => Names.Any(name => version.Contains(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The functions of a library that has this ABI.</summary>
    public static IMpiFunctions Create(nint library) => new MpiFunctions<int>(library, new MpiHandles<int>(
        World: 0x44000000,
        Byte: 0x4c00010d,
        ErrorsReturn: 0x54000001,
        ThreadSerialized: 2));
}
