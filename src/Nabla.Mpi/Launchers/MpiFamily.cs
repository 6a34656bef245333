namespace Nabla.Mpi;

/// <summary>Libraries of MPI that have an ABI and launchers in common.</summary>
internal enum MpiFamily
{
    /// <summary>Not known: Slurm starts ranks for all.</summary>
    Any,

    /// <summary>Open MPI.</summary>
    OpenMpi,

    /// <summary>MPICH, and those made from it: Intel MPI, MVAPICH, Cray MPICH.</summary>
    Mpich,
}
