namespace Nabla.Mpi;

/// <summary>The functions of a library of MPI that Nabla uses, on the communicator of all ranks, whatever ABI it has.</summary>
/// <remarks>Each returns MPI's error code, of which 0 is success (<see cref="ErrorText"/>). Lengths are in bytes.</remarks>
internal interface IMpiFunctions
{
    /// <summary>MPI_Init_thread, so that one thread at a time may call MPI, which need not be the same one.</summary>
    /// <param name="isProvided">Whether the library grants that.</param>
    int Init(out bool isProvided);

    /// <summary>MPI_Comm_set_errhandler: errors are returned from now on; until then, they end all ranks.</summary>
    int ReturnErrors();

    /// <summary>MPI_Comm_rank.</summary>
    int GetRank(out int rank);

    /// <summary>MPI_Comm_size.</summary>
    int GetSize(out int size);

    /// <summary>MPI_Send.</summary>
    int Send(ReadOnlySpan<byte> bytes, int to);

    /// <summary>MPI_Recv. The message may be shorter than the span.</summary>
    int Receive(Span<byte> bytes, int from, out int length);

    /// <summary>MPI_Sendrecv. The received message, which has this length, may be shorter than its span.</summary>
    int SendReceive(ReadOnlySpan<byte> sent, int to, Span<byte> received, int from, out int length);

    /// <summary>MPI_Bcast.</summary>
    int Broadcast(Span<byte> bytes, int root);

    /// <summary>MPI_Barrier.</summary>
    int Barrier();

    /// <summary>MPI_Abort, which does not return if it succeeds.</summary>
    int Abort(int exitCode);

    /// <summary>MPI_Finalize.</summary>
    int Finish();

    /// <summary>MPI_Error_string: the name and the meaning of an error code, in one line.</summary>
    string ErrorText(int error);
}
