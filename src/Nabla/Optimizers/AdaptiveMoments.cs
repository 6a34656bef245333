using System.Runtime.CompilerServices;
using Nabla.Kernels;

namespace Nabla;

/// <summary>Adam and its relatives: two running means, and with amsgrad the largest mean square so far.</summary>
internal sealed class AdaptiveMoments<TAmsgrad>(
    AdaptiveMomentOptions options, bool decouplesDecay, IReadOnlyList<ParameterBlock> blocks)
    : ElementwiseOptimizer<AdaptiveMoments<TAmsgrad>.Update>(
        options, blocks, TAmsgrad.IsOn ? ["mean", "square", "largest-square"] : ["mean", "square"])
    where TAmsgrad : struct, IVariant
{
    // beta^steps, by one multiplication a step: no pow, whose bits differ between systems.
    private double power1 = 1;
    private double power2 = 1;

    internal override void Restore(long steps)
    {
        base.Restore(steps);
        // Only 1 - beta^steps is ever used. Once that is 1 for both it stays so: a file that claims 2^62 steps is not counted up to.
        for (long step = 0; step < steps && (1 - power1 != 1 || 1 - power2 != 1); step++)
            CountStep();
    }

    internal override void BeginStep(in StepContext context)
    {
        base.BeginStep(context);
        CountStep();
    }

    protected override Update CreateUpdate(float learningRate, float decay) => new(
        options, stepSize: (float)(learningRate / (1 - power1)), rootScale: (float)(1 / double.Sqrt(1 - power2)),
        decay: decouplesDecay ? 0 : decay, lost: decouplesDecay ? learningRate * decay : 0);

    private void CountStep()
    {
        power1 *= options.Beta1;
        power2 *= options.Beta2;
    }

    /// <summary>
    /// w -= lost * w; w -= stepSize * m / (rootScale * sqrt(v) + epsilon). stepSize and rootScale include the step's bias corrections; lost
    /// is the share that decoupled decay takes.
    /// </summary>
    internal readonly struct Update(AdaptiveMomentOptions options, float stepSize, float rootScale, float decay, float lost) : IUpdate
    {
        public int RunFrom<L, V>(UpdateLoop loop, int start)
            where L : struct, ILanes<V>
            where V : unmanaged => loop.RunFrom<L, V, Lanes<L, V>>(new(options, stepSize, rootScale, decay, lost), start);
    }

    private readonly struct Lanes<L, V>(AdaptiveMomentOptions options, float stepSize, float rootScale, float decay, float lost)
        : IUpdateLanes<V>
        where L : struct, ILanes<V>
        where V : unmanaged
    {
        private readonly V keep1 = L.Broadcast(options.Beta1), rest1 = L.Broadcast(1f - options.Beta1);
        private readonly V keep2 = L.Broadcast(options.Beta2), rest2 = L.Broadcast(1f - options.Beta2);
        private readonly V nonZero = L.Broadcast(options.Epsilon), scale = L.Broadcast(rootScale);
        private readonly V against = L.Broadcast(-stepSize), shrink = L.Broadcast(decay), minusLost = L.Broadcast(-lost);

        public static int Memories => TAmsgrad.IsOn ? 3 : 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V weight, V gradient, ref V mean, ref V square, ref V largest)
        {
            V slope = L.FusedMultiplyAdd(shrink, weight, gradient);
            mean = L.FusedMultiplyAdd(keep1, mean, L.Multiply(rest1, slope));
            square = L.FusedMultiplyAdd(keep2, square, L.Multiply(L.Multiply(rest2, slope), slope));
            largest = TAmsgrad.IsOn ? L.SelectGreater(square, largest, square, largest) : square;
            V root = L.FusedMultiplyAdd(scale, L.Sqrt(largest), nonZero);
            V left = L.FusedMultiplyAdd(minusLost, weight, weight);
            return L.FusedMultiplyAdd(against, L.Divide(mean, root), left);
        }
    }
}
