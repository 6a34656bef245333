namespace Nabla;

/// <summary>One layer: how many neurons it has, and what they apply to their weighted inputs. Immutable.</summary>
/// <param name="Outputs">Neurons, at least 1.</param>
/// <param name="Activation">What they apply. A hidden layer takes one of <see cref="Activation.Elementwise"/>.</param>
public sealed record Layer(int Outputs, Activation Activation)
{
    /// <summary>
    /// The share of the neurons that each training step drops, for each example anew (<see cref="DropoutDraw"/>): from 0 (the default) to
    /// below 1. Prediction drops none. The output layer takes 0 only.
    /// </summary>
    public float Dropout { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Outputs} {Activation}{DropoutNote}";

    /// <summary>The rate in brackets; empty if no neuron is dropped.</summary>
    internal string DropoutNote => Dropout == 0 ? "" : $" (dropout {Dropout})";

    /// <summary>Requires that a rate is one.</summary>
    /// <exception cref="InvalidOptionException">It is not from 0 to below 1.</exception>
    internal static void RequireDropout(float rate)
    {
        if (!(rate >= 0 && rate < 1))
            throw new InvalidOptionException($"The dropout rate is {rate}", "Use 0 or more and less than 1, e.g. 0.5.", nameof(Dropout));
    }
}
