using System.Runtime.InteropServices;

namespace Nabla.Mpi;

/// <summary>The functions of a library by their addresses, for one type of handles.</summary>
/// <remarks>The caller checks ranks. Spans are pinned during a call, and their lengths are the counts.</remarks>
internal sealed unsafe class MpiFunctions<THandle>(nint library, MpiHandles<THandle> handles) : IMpiFunctions
    where THandle : unmanaged
{
    private const int Tag = 0; // messages of two ranks arrive in order, so that one tag suffices
    private const int StatusWords = 16; // the largest MPI_Status has 32 bytes

    private readonly delegate* unmanaged<int*, byte***, int, int*, int> init =
        (delegate* unmanaged<int*, byte***, int, int*, int>)Function(library, "MPI_Init_thread");

    private readonly delegate* unmanaged<THandle, THandle, int> setErrorHandler =
        (delegate* unmanaged<THandle, THandle, int>)Function(library, "MPI_Comm_set_errhandler");

    private readonly delegate* unmanaged<THandle, int*, int> getRank =
        (delegate* unmanaged<THandle, int*, int>)Function(library, "MPI_Comm_rank");

    private readonly delegate* unmanaged<THandle, int*, int> getSize =
        (delegate* unmanaged<THandle, int*, int>)Function(library, "MPI_Comm_size");

    private readonly delegate* unmanaged<byte*, int, THandle, int, int, THandle, int> send =
        (delegate* unmanaged<byte*, int, THandle, int, int, THandle, int>)Function(library, "MPI_Send");

    private readonly delegate* unmanaged<byte*, int, THandle, int, int, THandle, long*, int> receive =
        (delegate* unmanaged<byte*, int, THandle, int, int, THandle, long*, int>)Function(library, "MPI_Recv");

    private readonly delegate* unmanaged<byte*, int, THandle, int, int, byte*, int, THandle, int, int, THandle, long*, int> sendReceive =
        (delegate* unmanaged<byte*, int, THandle, int, int, byte*, int, THandle, int, int, THandle, long*, int>)
            Function(library, "MPI_Sendrecv");

    private readonly delegate* unmanaged<long*, THandle, int*, int> getCount =
        (delegate* unmanaged<long*, THandle, int*, int>)Function(library, "MPI_Get_count");

    private readonly delegate* unmanaged<byte*, int, THandle, int, THandle, int> broadcast =
        (delegate* unmanaged<byte*, int, THandle, int, THandle, int>)Function(library, "MPI_Bcast");

    private readonly delegate* unmanaged<THandle, int> barrier = (delegate* unmanaged<THandle, int>)Function(library, "MPI_Barrier");

    private readonly delegate* unmanaged<THandle, int, int> abort = (delegate* unmanaged<THandle, int, int>)Function(library, "MPI_Abort");

    private readonly delegate* unmanaged<int> finish = (delegate* unmanaged<int>)Function(library, "MPI_Finalize");

    private readonly delegate* unmanaged<int, byte*, int*, int> errorString =
        (delegate* unmanaged<int, byte*, int*, int>)Function(library, "MPI_Error_string");

    public int Init(out bool isProvided)
    {
        int provided = 0;
        int error = init(null, null, handles.ThreadSerialized, &provided);
        isProvided = provided >= handles.ThreadSerialized;
        return error;
    }

    public int ReturnErrors() => setErrorHandler(handles.World, handles.ErrorsReturn);

    public int GetRank(out int rank)
    {
        fixed (int* result = &rank)
            return getRank(handles.World, result);
    }

    public int GetSize(out int size)
    {
        fixed (int* result = &size)
            return getSize(handles.World, result);
    }

    public int Send(ReadOnlySpan<byte> bytes, int to)
    {
        fixed (byte* start = bytes)
            return send(start, bytes.Length, handles.Byte, to, Tag, handles.World);
    }

    public int Receive(Span<byte> bytes, int from, out int length)
    {
        long* status = stackalloc long[StatusWords];
        fixed (byte* start = bytes)
        {
            int error = receive(start, bytes.Length, handles.Byte, from, Tag, handles.World, status);
            return Count(error, status, out length);
        }
    }

    public int SendReceive(ReadOnlySpan<byte> sent, int to, Span<byte> received, int from, out int length)
    {
        long* status = stackalloc long[StatusWords];
        fixed (byte* source = sent, target = received)
        {
            int error = sendReceive(
                source, sent.Length, handles.Byte, to, Tag, target, received.Length, handles.Byte, from, Tag, handles.World, status);
            return Count(error, status, out length);
        }
    }

    public int Broadcast(Span<byte> bytes, int root)
    {
        fixed (byte* start = bytes)
            return broadcast(start, bytes.Length, handles.Byte, root, handles.World);
    }

    public int Barrier() => barrier(handles.World);

    public int Abort(int exitCode) => abort(handles.World, exitCode);

    public int Finish() => finish();

    public string ErrorText(int error)
    {
        byte* text = stackalloc byte[MpiText.LongestError];
        int length = 0;
        return errorString(error, text, &length) == 0 ? MpiText.Line(MpiText.Read(text, length)) : $"error {error}";
    }

    private static nint Function(nint library, string name) => NativeLibrary.GetExport(library, name);

    private int Count(int error, long* status, out int length)
    {
        length = 0;
        fixed (int* count = &length)
            return error != 0 ? error : getCount(status, handles.Byte, count);
    }
}
