using Nabla.Kernels;

namespace Nabla;

/// <summary>The numbers of one step of an optimizer, such as the learning rate.</summary>
internal interface IUpdate
{
    /// <summary>Runs the loop over parameters with the optimizer's arithmetic for one width.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="start">The first parameter.</param>
    /// <returns>The first parameter that is not processed.</returns>
    int RunFrom<L, V>(UpdateLoop loop, int start) where L : struct, ILanes<V> where V : unmanaged;
}

/// <summary>The arithmetic of an optimizer for one width. Its fields hold the numbers of the step in each lane.</summary>
/// <remarks>They are broadcast before the loop: within it, the compiler keeps too few of them in registers.</remarks>
internal interface IUpdateLanes<V>
    where V : unmanaged
{
    /// <summary>How many numbers are remembered for each parameter, from 0 to 3; they start at 0.</summary>
    static abstract int Memories { get; }

    /// <summary>One step, lane by lane.</summary>
    /// <param name="weight">The parameter.</param>
    /// <param name="gradient">Its gradient.</param>
    /// <param name="first">The first number that is remembered; changed in place. Without one it is undefined.</param>
    /// <param name="second">The second.</param>
    /// <param name="third">The third.</param>
    /// <returns>The parameter after the step.</returns>
    V Apply(V weight, V gradient, ref V first, ref V second, ref V third);
}
