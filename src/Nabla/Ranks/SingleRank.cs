using System.Diagnostics.CodeAnalysis;

namespace Nabla;

/// <summary>A process that works alone: there is nobody to send messages to.</summary>
internal sealed class SingleRank : ICommunicator
{
    private SingleRank()
    {
    }

    /// <summary>The only instance.</summary>
    public static SingleRank Instance { get; } = new();

    public int Rank => 0;

    public int Size => 1;

    public void Send(ReadOnlySpan<byte> bytes, int to) => throw NobodyElse();

    public void Receive(Span<byte> bytes, int from) => throw NobodyElse();

    public void SendReceive(ReadOnlySpan<byte> sent, int to, Span<byte> received, int from) => throw NobodyElse();

    public void Broadcast(Span<byte> bytes, int root)
    {
    }

    public void Barrier()
    {
    }

    [DoesNotReturn]
    public void Abort(int exitCode) => Environment.Exit(exitCode);

    public void Close()
    {
    }

    private static InvalidOperationException NobodyElse() => new("There is no other rank.");
}
