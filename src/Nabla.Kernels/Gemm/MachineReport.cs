namespace Nabla.Kernels;

/// <summary>What was found of this machine and chosen for it, for people. It affects time, never results.</summary>
/// <remarks>Safe for use by several threads.</remarks>
public static class MachineReport
{
    /// <summary>Name of the environment variable with other block sizes, for experiments: depth=256,left=49152,columns=2048.</summary>
    public const string BlocksVariable = "NABLA_BLOCKS";

    /// <summary>
    /// The number of threads if none is given: one for each processor that the process may use, or for each fast one where the others
    /// are so slow that they would delay the fast ones.
    /// </summary>
    public static int Threads => DefaultThreads.OfThisMachine;

    /// <summary>What a thread has of each level of cache while all processors are busy, and where that comes from.</summary>
    public static string Caches => CacheSizes.OfThisMachine.ToString();

    /// <summary>The block sizes of matrix products: those that suit the caches, or those of <see cref="BlocksVariable"/>.</summary>
    /// <exception cref="TypeInitializationException">
    /// The variable is not understood; the inner exception is a <see cref="PlatformNotSupportedException"/>.
    /// </exception>
    public static string Blocks => BlockSizes.InUse.ToString();
}
