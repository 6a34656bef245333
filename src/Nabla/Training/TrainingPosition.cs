namespace Nabla;

/// <summary>How far a training has come. Since randomness is keyed by epoch, this and the parameters are all that going on takes.</summary>
/// <param name="Epoch">The epoch at work, counted from 0.</param>
/// <param name="Batch">Its batches that are done.</param>
/// <param name="Examples">Examples in those batches.</param>
/// <param name="LossSum">Sum of the losses of those examples.</param>
public readonly record struct TrainingPosition(int Epoch, int Batch, int Examples, double LossSum);
