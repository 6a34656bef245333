namespace Nabla;

/// <summary>
/// How far a training run has come. Since randomness is keyed by epoch, this and the parameters are all that resuming takes. Immutable.
/// </summary>
/// <param name="Epoch">The current epoch, counted from 0.</param>
/// <param name="Batch">Batches of it that are done.</param>
/// <param name="Examples">Examples in those batches.</param>
/// <param name="LossSum">Sum of the losses of those examples.</param>
public readonly record struct TrainingPosition(int Epoch, int Batch, int Examples, double LossSum);
