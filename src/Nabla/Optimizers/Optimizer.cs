using Nabla.Kernels;

namespace Nabla;

/// <summary>An optimizer with its memory: moves the parameters of one network step by step against the gradient.</summary>
/// <remarks>
/// Not safe for concurrent use: a call of <see cref="Step"/> while another runs throws <see cref="InvalidOperationException"/>.
/// </remarks>
public abstract class Optimizer
{
    private readonly ExclusiveUse use = new("optimizer");
    private readonly Stretch[] stretches;
    private readonly float l2;

    private protected Optimizer(OptimizerOptions options, IReadOnlyList<ParameterBlock> blocks)
    {
        Options = options;
        l2 = options.L2;
        stretches = Merge(blocks);
        Length = stretches[^1].End;
    }

    /// <summary>The settings.</summary>
    public OptimizerOptions Options { get; }

    /// <summary>Creates an optimizer for a network.</summary>
    /// <param name="options">Which optimizer, with which settings.</param>
    /// <param name="topology">The network's shape.</param>
    /// <exception cref="InvalidOptionException">A setting is out of range.</exception>
    public static Optimizer Create(OptimizerOptions options, Topology topology) => Create(options, topology.Blocks);

    /// <summary>Creates an optimizer for blocks of parameters, which may have learning-rate factors of their own.</summary>
    /// <param name="options">Which optimizer, with which settings.</param>
    /// <param name="blocks">As <see cref="Topology.Blocks"/>, in that order, without gaps.</param>
    /// <exception cref="InvalidOptionException">A setting is out of range.</exception>
    /// <exception cref="ArgumentException">The blocks have gaps, or a factor is negative or not finite.</exception>
    public static Optimizer Create(OptimizerOptions options, IReadOnlyList<ParameterBlock> blocks)
    {
        options.Validate();
        int end = 0;
        foreach (var block in blocks)
        {
            if (block.Start != end)
                throw new ArgumentException($"{block.Name} begins at {block.Start}, and should begin at {end}.", nameof(blocks));
            if (!(block.LearningRateFactor >= 0) || !float.IsFinite(block.LearningRateFactor))
                throw new ArgumentException($"The learning-rate factor of {block.Name} is {block.LearningRateFactor}.", nameof(blocks));
            end = block.End;
        }
        return end > 0 ? options.Create(blocks) : throw new ArgumentException("There are no parameters.", nameof(blocks));
    }

    /// <summary>Moves a network's parameters one step against a gradient.</summary>
    /// <param name="network">Its parameters are updated in place.</param>
    /// <param name="gradient">Mean gradient of the loss, without weight decay, in the order of <see cref="Network.Parameters"/>.</param>
    /// <param name="learningRate">Step size of this step; null for the one of the settings.</param>
    /// <exception cref="ArgumentException">The gradient or the network has another number of parameters.</exception>
    /// <exception cref="InvalidOperationException">Another call is running.</exception>
    public void Step(Network network, ReadOnlySpan<float> gradient, float? learningRate = null)
    {
        if (network.Parameters.Length != Length || gradient.Length != Length)
        {
            throw new ArgumentException(
                $"The optimizer moves {Length} parameters; the network has {network.Parameters.Length}, the gradient {gradient.Length}.");
        }
        using var _ = use.Enter();
        BeginStep(new StepContext(learningRate ?? Options.LearningRate));
        Move(gradient, network.BeginUpdate(), 0, Length);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Options}, {Length} parameters";

    /// <summary>What the optimizer remembers between steps, by name, each as long as the parameters; for saving and restoring.</summary>
    internal abstract IReadOnlyList<(string Name, float[] Values)> State { get; }

    /// <summary>The width of its vectors, which changes no bit: tests compare the widths with each other.</summary>
    internal KernelWidth Width { get; set; } = KernelChoice.Width;

    /// <summary>How many parameters it moves.</summary>
    internal int Length { get; }

    /// <summary>Continues from a saved state; <see cref="State"/> has been filled already.</summary>
    /// <param name="steps">Steps made before.</param>
    internal abstract void Restore(long steps);

    /// <summary>Begins a step, whose parts follow.</summary>
    internal abstract void BeginStep(in StepContext context);

    /// <summary>Moves some parameters one step. Several threads may do so with different ones at once.</summary>
    /// <param name="gradient">Mean gradient of the loss, without weight decay, one number for each parameter.</param>
    /// <param name="parameters">All, in the order of <see cref="Network.Parameters"/>; updated in place.</param>
    /// <param name="start">The first to move.</param>
    /// <param name="end">Where those to move end.</param>
    internal void Move(ReadOnlySpan<float> gradient, Span<float> parameters, int start, int end)
    {
        foreach (ref readonly var stretch in stretches.AsSpan())
        {
            int from = Math.Max(start, stretch.Start), to = Math.Min(end, stretch.End);
            if (from < to)
                Move(gradient[from..to], parameters[from..to], from, stretch.Decays ? l2 : 0f, stretch.Factor);
        }
    }

    /// <summary>Moves parameters that all have the same decay and learning-rate factor.</summary>
    /// <param name="gradient">As long as <paramref name="parameters"/>.</param>
    /// <param name="parameters">Updated in place.</param>
    /// <param name="start">Where they stand among all parameters.</param>
    /// <param name="decay">L2 coefficient.</param>
    /// <param name="factor">Multiplies the learning rate.</param>
    private protected abstract void Move(ReadOnlySpan<float> gradient, Span<float> parameters, int start, float decay, float factor);

    /// <summary>Neighbouring blocks that are treated alike become one stretch.</summary>
    private static Stretch[] Merge(IReadOnlyList<ParameterBlock> blocks)
    {
        var merged = new List<Stretch>();
        foreach (var block in blocks)
        {
            var stretch = new Stretch(block.Start, block.End, block.Decays, block.LearningRateFactor);
            if (merged.Count > 0 && merged[^1] is var last && (last.Decays, last.Factor) == (stretch.Decays, stretch.Factor))
                merged[^1] = last with { End = stretch.End };
            else
                merged.Add(stretch);
        }
        return [.. merged];
    }

    private readonly record struct Stretch(int Start, int End, bool Decays, float Factor);
}
