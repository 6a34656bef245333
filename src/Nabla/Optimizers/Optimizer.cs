namespace Nabla;

/// <summary>An optimizer at work: its state, and the step that it makes.</summary>
/// <param name="topology">Says which parameters are weights.</param>
/// <param name="l2">Decay of weights; biases have none.</param>
internal abstract class Optimizer(Topology topology, float l2)
{
    /// <summary>What the optimizer remembers between steps, by name, each as long as the parameters; for saving and restoring.</summary>
    public abstract IReadOnlyList<(string Name, float[] Values)> State { get; }

    /// <summary>Goes on from a saved state; <see cref="State"/> has been filled already.</summary>
    /// <param name="steps">Steps made before.</param>
    public virtual void Restore(long steps)
    {
        // Most optimizers do not count.
    }

    /// <summary>Begins a step, whose parts follow.</summary>
    public virtual void BeginStep()
    {
    }

    /// <summary>Moves some parameters one step. Several threads may do so with different ones at once.</summary>
    /// <param name="gradient">Mean gradient of the loss, without L2, one for each parameter.</param>
    /// <param name="parameters">All, in the order of <see cref="Network.Parameters"/>; updated in place.</param>
    /// <param name="start">The first to move.</param>
    /// <param name="end">Where those to move end.</param>
    public void Move(ReadOnlySpan<float> gradient, Span<float> parameters, int start, int end)
    {
        int weights = Math.Clamp(topology.WeightCount, start, end);
        Move(gradient[start..weights], parameters[start..weights], start, l2);
        Move(gradient[weights..end], parameters[weights..end], weights, 0f);
    }

    /// <summary>Moves parameters that all have the same decay.</summary>
    /// <param name="gradient">As long as <paramref name="parameters"/>.</param>
    /// <param name="parameters">Updated in place.</param>
    /// <param name="start">Where they stand among all parameters.</param>
    /// <param name="decay">L2 coefficient.</param>
    protected abstract void Move(ReadOnlySpan<float> gradient, Span<float> parameters, int start, float decay);
}
