namespace Nabla.Reference;

/// <summary>The weights or the biases of one layer: their gradient by backpropagation beside that by central differences.</summary>
/// <param name="Layer">The layer, from 0.</param>
/// <param name="Name"><c>weights</c> or <c>biases</c>.</param>
/// <param name="BackpropagationNorm">Euclidean norm of the gradient by backpropagation, over the coordinates compared.</param>
/// <param name="NumericalNorm">Euclidean norm of the gradient by central differences, over the same coordinates.</param>
/// <param name="RelativeError">
/// |backpropagation - numerical| / max(|backpropagation| + |numerical|, <see cref="GradientCheck.Tiny"/>), from 0 to 1.
/// </param>
/// <param name="Checked">Number of coordinates compared.</param>
/// <param name="OnKink">Number of coordinates left out because an activation or the cost crossed its kink between the two sides.</param>
/// <remarks>Immutable, and therefore thread-safe.</remarks>
public sealed record GradientBlock(
    int Layer, string Name, double BackpropagationNorm, double NumericalNorm, double RelativeError, int Checked, int OnKink)
{
    /// <summary>Whether at least one coordinate was compared and the gradients agree. An error of NaN does not pass.</summary>
    /// <param name="tolerance">The largest relative error allowed.</param>
    public bool Passes(double tolerance) => Checked > 0 && RelativeError <= tolerance;
}
