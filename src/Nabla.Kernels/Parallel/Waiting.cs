namespace Nabla.Kernels;

/// <summary>Waits for another thread that is usually ready within microseconds: spins first, then yields the processor.</summary>
internal static class Waiting
{
    private const int SpinsBeforeYield = 500;

    /// <summary>Pauses between two checks of a condition.</summary>
    /// <param name="checks">The number of checks so far.</param>
    public static void Pause(int checks)
    {
        if (checks < SpinsBeforeYield)
            Thread.SpinWait(1);
        else
            Thread.Yield();
    }
}
