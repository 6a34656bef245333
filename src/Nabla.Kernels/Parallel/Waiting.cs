namespace Nabla.Kernels;

/// <summary>Waiting for another thread that will be ready in microseconds, unless the system has given its processor to somebody else.</summary>
internal static class Waiting
{
    private const int SpinsBeforeYield = 500;

    /// <summary>Lets a moment pass between two looks.</summary>
    /// <param name="looks">How many there were.</param>
    public static void Pause(int looks)
    {
        if (looks < SpinsBeforeYield)
            Thread.SpinWait(1);
        else
            Thread.Yield();
    }
}
