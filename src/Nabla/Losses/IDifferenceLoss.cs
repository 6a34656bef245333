using Nabla.Kernels;

namespace Nabla;

/// <summary>A loss L(d) of the difference d = a - y between an output and its target. Summed over the outputs of an example.</summary>
internal interface IDifferenceLoss
{
    /// <summary>L(d).</summary>
    double Value(double difference);

    /// <summary>L'(d), lane by lane, written once for every width; NaN for NaN.</summary>
    V Derivative<L, V>(V difference) where L : struct, ILanes<V> where V : struct;
}
