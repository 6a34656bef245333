using Nabla.Kernels;

namespace Nabla;

/// <summary>The gradient of a network's loss over a batch, all examples at once (the notebook's exercise 2, at any depth).</summary>
/// <remarks>
/// docs/backprop.md derives the four equations in these symbols. L2 decay is not part of this gradient: optimizers add it, in the pass over
/// the parameters that they make anyway. Not safe for use by several threads at once; the team's threads are inside (see Backpropagation.Sharing.cs).
/// </remarks>
public sealed unsafe partial class Backpropagation
{
    private readonly Network network;
    private readonly Topology topology;
    private readonly OutputLoss outputLoss;
    private readonly HiddenActivation hidden;
    private readonly ThreadTeam all;
    private readonly ThreadChoice choice;
    private readonly Workspace workspace;
    private readonly FirstLayer first;
    private readonly int last;

    // The batch at hand.
    private ThreadTeam team;
    private int* labels;     // [examples]
    private float* gradient; // as the parameters
    private int examples;

    // What moves the parameters as soon as their gradient is there; null if the gradient alone is wanted.
    private Optimizer? optimizer;
    private float* parameters;

    /// <summary>Prepares buffers for batches up to a size.</summary>
    /// <param name="network">Its parameters are read at each call, so they may change between calls.</param>
    /// <param name="loss">Must go with the network's output activation.</param>
    /// <param name="capacity">The most examples in a batch, at least 1.</param>
    /// <param name="threads">Threads to share the work; 0 for one a processor. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The loss does not go with the output activation, or a layer's batch does not fit one buffer.</exception>
    public Backpropagation(Network network, Loss loss, int capacity, int threads = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        this.network = network;
        topology = network.Topology;
        last = topology.LayerCount - 1;
        outputLoss = OutputLoss.Of(topology.OutputActivation, loss);
        hidden = HiddenActivation.Of(topology.HiddenActivation);
        team = all = ThreadTeam.Of(threads);
        choice = new ThreadChoice(all, TimeProvider.System);
        workspace = new Workspace(topology, capacity, withErrors: true);
        first = new FirstLayer(network, capacity, MostPacked, slices: all.Threads <= MostSlices ? all.Threads : 0);
    }

    /// <summary>Computes the gradient of the mean loss over a batch.</summary>
    /// <param name="inputs">[examples, inputs], scaled as the network wants them.</param>
    /// <param name="labels">[examples], each from 0 to the number of outputs - 1.</param>
    /// <param name="gradient">Receives one number for each parameter, in the order of <see cref="Network.Parameters"/>.</param>
    /// <returns>The sum of the examples' losses.</returns>
    /// <exception cref="ArgumentException">More examples than the capacity, spans whose lengths do not fit, or a label that no output stands for.</exception>
    public double Gradient(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Span<float> gradient)
    {
        if (inputs.Length != (long)labels.Length * topology.Inputs(0))
            throw new ArgumentException($"{labels.Length} examples need {(long)labels.Length * topology.Inputs(0)} inputs, not {inputs.Length}.");
        Check(labels, gradient);
        fixed (float* x = inputs)
        {
            first.Begin(x, labels.Length);
            return Gradient(labels, gradient);
        }
    }

    /// <summary>Computes the gradient of a batch whose inputs are read and scaled on the way, and moves the network's parameters one step against it.</summary>
    /// <param name="inputs">The batch.</param>
    /// <param name="labels">[examples], as above.</param>
    /// <param name="gradient">Receives the gradient.</param>
    /// <param name="optimizer">Makes the step.</param>
    /// <returns>The sum of the examples' losses before the step.</returns>
    internal double Step(BatchInputs inputs, ReadOnlySpan<int> labels, Span<float> gradient, Optimizer optimizer)
    {
        Check(labels, gradient);
        first.Begin(inputs, labels.Length);
        optimizer.BeginStep();
        fixed (float* p = network.Change())
        {
            this.optimizer = optimizer;
            parameters = p;
            team = choice.Begin();
            try
            {
                return Gradient(labels, gradient);
            }
            finally
            {
                choice.End();
                team = all;
                this.optimizer = null;
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{network}, batches of up to {workspace.Capacity}, {all}";

    private double Gradient(ReadOnlySpan<int> labels, Span<float> gradient)
    {
        fixed (int* l = labels)
        fixed (float* g = gradient)
        {
            this.labels = l;
            this.gradient = g;
            examples = labels.Length;
            Share();
        }
        return OutputLoss.Sum(workspace.Losses(0, labels.Length));
    }

    /// <summary>From the inputs of some examples to their losses and to the errors of all layers.</summary>
    private void Pass(ThreadTeam team, int start, int count)
    {
        PassUp(team, start, count);
        PassTop(team, start, count);
        PassDown(team, start, count);
    }

    /// <summary>Through all layers but the last.</summary>
    private void PassUp(ThreadTeam team, int start, int count)
    {
        for (int layer = 0; layer < last; layer++)
            Forward.PassLayer(network, hidden, team, first, layer, start, count, workspace);
    }

    /// <summary>Through the last layer to the losses, and back to the error of the layer below.</summary>
    private void PassTop(ThreadTeam team, int start, int count)
    {
        Forward.PassLayer(network, hidden, team, first, last, start, count, workspace);
        outputLoss.LossesAndDelta(
            new ReadOnlySpan<int>(labels + start, count), topology.Outputs(last), 1f / examples, workspace.Errors(last, start, count),
            workspace.Spare(start, count), workspace.Losses(start, count));
        if (last > 0)
            Propagate(team, last, start, count);
    }

    /// <summary>From there to the error of the first layer.</summary>
    private void PassDown(ThreadTeam team, int start, int count)
    {
        for (int layer = last - 1; layer > 0; layer--)
            Propagate(team, layer, start, count);
        first.PackDelta(workspace.Errors(0, start, count), start, count);
    }

    /// <summary>The error of the layer below: delta w^T, times f' of that layer.</summary>
    private void Propagate(ThreadTeam team, int layer, int start, int count)
    {
        int outputs = topology.Outputs(layer), width = topology.Inputs(layer);
        hidden.Backward(
            team, new ReadOnlyMatrix(workspace.Errors(layer, start, count), count, outputs), new ReadOnlyMatrix(network.Weights(layer), width, outputs),
            workspace.Activations(layer - 1, start, count), new Matrix(workspace.Errors(layer - 1, start, count), count, width));
    }

    /// <summary>nabla_w = a^T delta for some inputs of a layer, whose weights then move at once: their gradient is in cache, and it is this thread that will write there again.</summary>
    private void WeightGradient(int layer, int part, int parts)
    {
        int width = topology.Inputs(layer), outputs = topology.Outputs(layer);
        var (start, end) = layer == 0 ? first.GradientInputs(part, parts) : Partition.Range(width, Cache.LineLength, part, parts);
        if (start == end)
            return;
        var delta = workspace.Errors(layer, 0, examples);
        var nabla = topology.Weights(GradientSpan, layer)[(start * outputs)..(end * outputs)];
        if (layer == 0)
        {
            first.Gradient(delta, nabla, start, end);
        }
        else
        {
            var a = workspace.Activations(layer - 1, 0, examples)[start..];
            Gemm.Multiply(
                ThreadTeam.Of(1), new ReadOnlyMatrix(a, examples, end - start, width, 1).Transposed, new ReadOnlyMatrix(delta, examples, outputs),
                new Matrix(nabla, end - start, outputs));
        }
        Move(topology.WeightOffset(layer) + start * outputs, nabla.Length);
    }

    /// <summary>nabla_b = the column sums of delta, for all layers.</summary>
    private void BiasGradients(ThreadTeam team)
    {
        for (int layer = last; layer >= 0; layer--)
            Rows.Sum(team, workspace.Errors(layer, 0, examples), topology.Biases(GradientSpan, layer));
        Move(topology.WeightCount, topology.ParameterCount - topology.WeightCount);
    }

    private void Move(int start, int count) => optimizer?.Move(GradientSpan, new Span<float>(parameters, topology.ParameterCount), start, start + count);

    private Span<float> GradientSpan => new(gradient, topology.ParameterCount);

    private void Check(ReadOnlySpan<int> labels, Span<float> gradient)
    {
        int outputs = topology.Outputs(last);
        if (labels.Length == 0 || labels.Length > workspace.Capacity)
            throw new ArgumentException($"A batch has 1 to {workspace.Capacity} examples here, not {labels.Length}.");
        if (gradient.Length != topology.ParameterCount)
            throw new ArgumentException($"The gradient has {topology.ParameterCount} numbers, not {gradient.Length}.");
        // A label beyond the outputs would be subtracted from the next example.
        int wrong = labels.IndexOfAnyExceptInRange(0, outputs - 1);
        if (wrong >= 0)
            throw new ArgumentException($"Label {labels[wrong]} of example {wrong} is not one of {outputs} outputs.");
    }
}
