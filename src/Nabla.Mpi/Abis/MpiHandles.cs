namespace Nabla.Mpi;

/// <summary>What differs between the ABIs: the type of handles, and the values of those that Nabla uses.</summary>
/// <typeparam name="THandle">A handle as C declares it.</typeparam>
/// <param name="World">MPI_COMM_WORLD.</param>
/// <param name="Byte">MPI_BYTE.</param>
/// <param name="ErrorsReturn">MPI_ERRORS_RETURN.</param>
/// <param name="ThreadSerialized">MPI_THREAD_SERIALIZED.</param>
internal readonly record struct MpiHandles<THandle>(THandle World, THandle Byte, THandle ErrorsReturn, int ThreadSerialized)
    where THandle : unmanaged;
