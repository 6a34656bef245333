using System.Globalization;

namespace Nabla.Explain;

/// <summary>An example that is near another one. Immutable.</summary>
/// <param name="Example">Number of the example in the data that were searched, from 0.</param>
/// <param name="Distance">Its distance: the square root of the sum of squared differences.</param>
public readonly record struct NearExample(int Example, double Distance)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"example {Example}, distance {Distance:0.0000}");
}
