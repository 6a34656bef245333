using System.Globalization;

namespace Nabla;

/// <summary>How strongly a training step moved the weights of one layer. Biases do not count. Immutable.</summary>
/// <param name="GradientNorm">The Euclidean norm of the layer's weight gradient, after clipping if gradients are clipped.</param>
/// <param name="UpdateRatio">
/// The norm of the change of the layer's weights, divided by the norm of the weights before the step. About 0.001 is common; far below, the
/// layer hardly learns; near 1, it is thrown about. Not a number if the weights were all 0.
/// </param>
public readonly record struct LayerUpdate(float GradientNorm, float UpdateRatio)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"gradient norm {GradientNorm:G4}, update ratio {UpdateRatio:G4}");
}
