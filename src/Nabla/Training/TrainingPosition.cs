using System.Globalization;

namespace Nabla;

/// <summary>
/// The position of a training run. Random numbers depend on the epoch and not on earlier draws, so that a run can resume from here.
/// Immutable.
/// </summary>
/// <param name="Epoch">The current epoch, counted from 0.</param>
/// <param name="Batch">Number of batches done in this epoch.</param>
/// <param name="Examples">Number of examples in those batches.</param>
/// <param name="LossSum">Sum of the losses of those examples.</param>
public readonly record struct TrainingPosition(int Epoch, int Batch, int Examples, double LossSum)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"epoch {Epoch}, batch {Batch}, example {Examples}, with a sum of losses of {LossSum}");
}
