namespace Nabla;

/// <summary>Checks of arguments that every <see cref="ICommunicator"/> makes.</summary>
internal static class CommunicatorArguments
{
    public static void CheckRank(int rank, int size)
    {
        if (rank < 0 || rank >= size)
            throw new ArgumentOutOfRangeException(nameof(rank), rank, $"The ranks are 0 to {size - 1}.");
    }

    public static void CheckOverlap(ReadOnlySpan<byte> sent, ReadOnlySpan<byte> received)
    {
        if (sent.Overlaps(received))
            throw new ArgumentException("The message that is sent overlaps the place of the one that is received.", nameof(received));
    }

    public static void CheckExitCode(int exitCode)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(exitCode, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(exitCode, 255);
    }
}
