namespace Nabla;

/// <summary>One layer: how many neurons it has, and what they apply to their weighted inputs. Immutable.</summary>
/// <param name="Outputs">Neurons, at least 1.</param>
/// <param name="Activation">What they apply. A hidden layer takes one of <see cref="Activation.Elementwise"/>.</param>
public sealed record Layer(int Outputs, Activation Activation)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Outputs} {Activation}";
}
