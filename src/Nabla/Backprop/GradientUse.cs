using Nabla.Kernels;

namespace Nabla;

/// <summary>What happens to a finished gradient: it is kept, applied part by part, or collected, clipped and then applied.</summary>
internal abstract class GradientUse
{
    /// <summary>The caller wants the gradient itself.</summary>
    public static GradientUse Keep { get; } = new KeepGradient();

    /// <summary>Each part moves its parameters as soon as it is there: it is in the cache of the thread that has computed it.</summary>
    public static GradientUse ApplyAtOnce(Optimizer optimizer, Network network) => new PartByPart(optimizer, network);

    /// <summary>
    /// Each number of the whole gradient is limited to a magnitude, then the gradient is shortened to a norm if it is longer, and then it
    /// moves the parameters.
    /// </summary>
    /// <param name="optimizer">Makes the step.</param>
    /// <param name="network">Its parameters are moved.</param>
    /// <param name="maxValue">The largest magnitude of a number, above 0; null for no limit.</param>
    /// <param name="maxNorm">The largest Euclidean norm of the gradient, above 0; null for no limit.</param>
    public static GradientUse ClipThenApply(Optimizer optimizer, Network network, float? maxValue, float? maxNorm) =>
        new AfterClipping(optimizer, network, maxValue, maxNorm);

    /// <summary>A part of the gradient is finished. Called by any thread, once for each part.</summary>
    public virtual void PartReady(ReadOnlySpan<float> gradient, int start, int end)
    {
    }

    /// <summary>The whole gradient is finished.</summary>
    public void AllReady(ThreadTeam team, Span<float> gradient) => RangeReady(team, gradient, 0, gradient.Length);

    /// <summary>A range of the gradient is finished, and nothing else is wanted. With a norm that is limited, it is the whole.</summary>
    public virtual void RangeReady(ThreadTeam team, Span<float> gradient, int start, int end)
    {
    }

    private sealed class KeepGradient : GradientUse;

    private sealed class PartByPart(Optimizer optimizer, Network network) : GradientUse
    {
        public override void PartReady(ReadOnlySpan<float> gradient, int start, int end) =>
            optimizer.Move(gradient, network.ParametersToUpdate, start, end);
    }

    private sealed unsafe class AfterClipping(Optimizer optimizer, Network network, float? maxValue, float? maxNorm) : GradientUse
    {
        public override void RangeReady(ThreadTeam team, Span<float> gradient, int start, int end)
        {
            if (maxValue is { } value)
                GradientClipping.ClipValue(value, gradient[start..end]);
            if (maxNorm is { } norm)
                GradientClipping.ClipNorm(norm, gradient);
            fixed (float* slopes = gradient)
            {
                var job = new MoveJob
                {
                    Optimizer = optimizer, Network = network, Gradient = slopes, Length = gradient.Length, Start = start, End = end,
                };
                team.Run(ref job, team.Threads);
            }
        }

        private struct MoveJob : IParallelJob
        {
            public Optimizer Optimizer;
            public Network Network;
            public float* Gradient;
            public int Length, Start, End;

            public readonly void Execute(int part, int parts) => Optimizer.MovePart(
                new ReadOnlySpan<float>(Gradient, Length), Network.ParametersToUpdate, Start, End, part, parts);
        }
    }
}
