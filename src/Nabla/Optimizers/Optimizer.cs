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
        l2 = options.WeightDecay;
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
        if (network.Parameters.Length != ParameterCount || gradient.Length != ParameterCount)
        {
            throw new ArgumentException(
                $"The optimizer moves {ParameterCount} parameters; the network has {network.Parameters.Length}, "
                + $"the gradient {gradient.Length}.");
        }
        using var _ = use.Enter();
        BeginStep(new StepContext(learningRate ?? Options.LearningRate));
        Move(gradient, network.BeginUpdate(), 0, ParameterCount);
    }

    /// <summary>Creates an optimizer for a network whose inputs have learnable factors.</summary>
    /// <param name="options">Which optimizer, with which settings.</param>
    /// <param name="network">Its first weights are what the factors multiply.</param>
    /// <param name="inputFactorRate">What multiplies the learning rate of the factors; null for no factors.</param>
    internal static Optimizer Create(OptimizerOptions options, Network network, float? inputFactorRate)
    {
        var topology = network.Topology;
        if (inputFactorRate is not { } rate)
            return Create(options, topology);
        int inputs = topology.Inputs(0);
        var factors = new ParameterBlock(InputFactors.BlockName, topology.ParameterCount, [inputs], Decays: false, rate);
        var optimizer = Create(options, [.. topology.Blocks, factors]);
        optimizer.InputFactors = new InputFactors(network.Weights(0), inputs);
        return optimizer;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Options}, {ParameterCount} parameters";

    /// <summary>
    /// What is saved and restored, by name: what the optimizer remembers of each parameter, and the learnable factors of inputs with the
    /// weights that they multiply.
    /// </summary>
    internal IReadOnlyList<(string Name, float[] Values)> State => InputFactors is { } factors
        ? [.. Memory, ("input-factors", factors.Values), ("input-weights", factors.Weights)]
        : Memory;

    /// <summary>What the optimizer remembers between steps, by name, each [<see cref="Length"/>].</summary>
    internal abstract IReadOnlyList<(string Name, float[] Values)> Memory { get; }

    /// <summary>The learnable factors of inputs; null if there are none.</summary>
    internal InputFactors? InputFactors { get; private set; }

    /// <summary>The width of its vectors, which changes no bit: tests compare the widths with each other.</summary>
    internal KernelWidth Width { get; set; } = KernelChoice.Width;

    /// <summary>How many numbers it moves: the parameters of the network, and then the learnable factors of inputs.</summary>
    internal int Length { get; }

    /// <summary>How many parameters the network has.</summary>
    internal int ParameterCount => Length - (InputFactors?.Count ?? 0);

    /// <summary>Continues from a saved state; <see cref="State"/> has been filled already.</summary>
    /// <param name="steps">Steps made before.</param>
    internal abstract void Restore(long steps);

    /// <summary>Whether the network's first weights are the products of learnable factors and their weights, if there are any.</summary>
    internal bool IsConsistentWith(Network network)
    {
        if (InputFactors is not { } factors)
            return true;
        var weights = new float[factors.Weights.Length];
        factors.WriteWeights(weights, 0, factors.Count);
        return network.Weights(0).SequenceEqual(weights);
    }

    /// <summary>Begins a step, whose parts follow.</summary>
    internal abstract void BeginStep(in StepContext context);

    /// <summary>Moves some parameters one step. Several threads may do so with different ones at once.</summary>
    /// <param name="gradient">Mean gradient of the loss, without weight decay, one number for each parameter.</param>
    /// <param name="parameters">All, in the order of <see cref="Network.Parameters"/>; updated in place.</param>
    /// <param name="start">The first to move. With learnable factors, the weights of each input are moved together.</param>
    /// <param name="end">Where those to move end.</param>
    internal void Move(ReadOnlySpan<float> gradient, Span<float> parameters, int start, int end)
    {
        if (InputFactors is { } factors && start < factors.Weights.Length)
        {
            int endOfInputs = Math.Min(end, factors.Weights.Length);
            MoveInputs(factors, gradient, parameters, start, endOfInputs);
            start = endOfInputs;
        }
        if (start < end)
            MoveStretches(gradient[start..end], parameters[start..end], start);
    }

    /// <summary>Moves one part of some parameters. Several threads may do so with different parts at once.</summary>
    /// <param name="gradient">As for <see cref="Move(ReadOnlySpan{float}, Span{float}, int, int)"/>.</param>
    /// <param name="parameters">All parameters.</param>
    /// <param name="from">The first to move, in all parts together. With learnable factors, all must be moved.</param>
    /// <param name="to">Where those to move end.</param>
    /// <param name="part">From 0 to <paramref name="parts"/> - 1.</param>
    /// <param name="parts">Number of parts, at least 1.</param>
    internal void MovePart(ReadOnlySpan<float> gradient, Span<float> parameters, int from, int to, int part, int parts)
    {
        if (InputFactors is { } factors)
        {
            var (first, last) = Partition.Range(factors.Count, 1, part, parts);
            MoveInputs(factors, gradient, parameters, factors.WeightsOf(first, last).Start.Value, factors.WeightsOf(first, last).End.Value);
            from = factors.Weights.Length; // the others have no factor
        }
        var (start, end) = Partition.Range(to - from, Cache.LineLength, part, parts);
        if (start < end)
            MoveStretches(gradient[(from + start)..(from + end)], parameters[(from + start)..(from + end)], from + start);
    }

    /// <summary>Moves factors and weights of some inputs, and writes their products to the network.</summary>
    private void MoveInputs(InputFactors factors, ReadOnlySpan<float> gradient, Span<float> parameters, int start, int end)
    {
        var (first, last) = factors.InputsOf(start, end);
        factors.SetGradient(gradient, first, last);
        MoveStretches(factors.WeightGradient[start..end], factors.Weights.AsSpan(start..end), start);
        MoveStretches(factors.Gradient[first..last], factors.Values.AsSpan(first..last), ParameterCount + first);
        factors.WriteWeights(parameters, first, last);
    }

    /// <summary>Moves consecutive numbers, each as its block says.</summary>
    /// <param name="gradient">[n]</param>
    /// <param name="parameters">[n], updated in place.</param>
    /// <param name="position">Where they stand among all that are moved.</param>
    private void MoveStretches(ReadOnlySpan<float> gradient, Span<float> parameters, int position)
    {
        foreach (ref readonly var stretch in stretches.AsSpan())
        {
            int from = Math.Max(position, stretch.Start), to = Math.Min(position + parameters.Length, stretch.End);
            if (from >= to)
                continue;
            var range = (from - position)..(to - position);
            Move(gradient[range], parameters[range], from, stretch.Decays ? l2 : 0f, stretch.Factor);
        }
    }

    /// <summary>Moves parameters that all have the same decay and learning-rate factor.</summary>
    /// <param name="gradient">As long as <paramref name="parameters"/>.</param>
    /// <param name="parameters">Updated in place.</param>
    /// <param name="start">Where they stand among all parameters.</param>
    /// <param name="decay">Weight decay.</param>
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
