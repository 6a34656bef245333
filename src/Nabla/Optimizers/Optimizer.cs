namespace Nabla;

/// <summary>An optimizer at work: its state, and the step that it makes.</summary>
internal abstract class Optimizer
{
    /// <summary>What the optimizer remembers between steps, by name, each as long as the parameters; for saving and restoring.</summary>
    public abstract IReadOnlyList<(string Name, float[] Values)> State { get; }

    /// <summary>Goes on from a saved state; <see cref="State"/> has been filled already.</summary>
    /// <param name="steps">Steps made before.</param>
    public virtual void Restore(long steps)
    {
        // Most optimizers do not count.
    }

    /// <summary>Moves the parameters one step.</summary>
    /// <param name="gradient">Mean gradient of the loss, without L2.</param>
    /// <param name="parameters">In the order of <see cref="Network.Parameters"/>; updated in place.</param>
    public abstract void Step(ReadOnlySpan<float> gradient, Span<float> parameters);
}
