using System.Runtime.CompilerServices;
using Nabla.Kernels;

namespace Nabla;

/// <summary>|d|; the derivative is the sign of d, 0 where d is 0.</summary>
internal sealed record AbsoluteLoss() : Loss("absolute", "distance between outputs and targets: learns the median")
{
    public override IReadOnlyList<Activation> OutputActivations => DifferenceUnit.IdentityFirst;

    public override bool TakesClasses => false;

    internal override bool Takes(Activation output) => output.IsElementwise;

    private protected override OutputLoss Create(Activation output) => DifferenceUnit.Create(default(Function), output);

    private readonly struct Function : IDifferenceLoss
    {
        public double Value(double difference) => Math.Abs(difference);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Derivative<L, V>(V difference) where L : struct, ILanes<V> where V : struct
        {
            V zero = L.Broadcast(0f);
            V notAbove = L.SelectGreater(zero, difference, L.Broadcast(-1f), difference);
            return L.SelectGreater(difference, zero, L.Broadcast(1f), notAbove);
        }
    }
}
