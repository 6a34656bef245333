using Nabla.Kernels;

namespace Nabla;

/// <summary>An optimizer that treats each parameter by itself. A kind derives from it and gives the arithmetic of a step.</summary>
/// <typeparam name="TUpdate">The numbers of a step, and the arithmetic.</typeparam>
internal abstract class ElementwiseOptimizer<TUpdate> : Optimizer
    where TUpdate : struct, IUpdate
{
    private readonly (string Name, float[] Values)[] memory;
    private float learningRate;

    /// <param name="options">The settings.</param>
    /// <param name="blocks">The parameters.</param>
    /// <param name="names">Names of the numbers that are remembered for each parameter, up to three.</param>
    protected ElementwiseOptimizer(OptimizerOptions options, IReadOnlyList<ParameterBlock> blocks, params string[] names)
        : base(options, blocks) => memory = [.. names.Select(name => (name, new float[Length]))];

    internal sealed override IReadOnlyList<(string Name, float[] Values)> Memory => memory;

    /// <summary>The number of the step that has begun, from 1. A training run that is resumed continues to count.</summary>
    protected long StepNumber { get; private set; }

    internal override void Restore(long steps) => StepNumber = steps;

    internal override void BeginStep(in StepContext context)
    {
        StepNumber++;
        learningRate = context.LearningRate;
    }

    /// <summary>The numbers of the step that has begun.</summary>
    /// <param name="learningRate">Step size of the parameters, their factor included.</param>
    /// <param name="decay">Weight decay of the parameters.</param>
    protected abstract TUpdate CreateUpdate(float learningRate, float decay);

    private protected sealed override void Move(
        ReadOnlySpan<float> gradient, Span<float> parameters, int start, float decay, float factor)
    {
        int length = parameters.Length;
        var loop = new UpdateLoop(
            gradient, parameters, Remembered(0, start, length), Remembered(1, start, length), Remembered(2, start, length));
        var work = new Work(CreateUpdate(learningRate * factor, decay), loop);
        WidthDispatch.Run(Width, ref work);
    }

    private Span<float> Remembered(int index, int start, int length) =>
        index < memory.Length ? memory[index].Values.AsSpan(start, length) : default;

    /// <summary>Whole vectors first; what is left, one by one.</summary>
    private readonly ref struct Work(TUpdate update, UpdateLoop loop) : IVectorized
    {
        private readonly TUpdate update = update;
        private readonly UpdateLoop loop = loop;

        public void Run<L, V>()
            where L : struct, ILanes<V>
            where V : unmanaged => update.RunFrom<ScalarLanes, float>(loop, update.RunFrom<L, V>(loop, 0));
    }
}
