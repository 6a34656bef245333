namespace Nabla;

/// <summary>The progress of a training run within an epoch, reported after each batch. Immutable.</summary>
/// <param name="Epoch">Counted from 0.</param>
/// <param name="Batch">Number of batches done in this epoch.</param>
/// <param name="BatchCount">Number of batches in an epoch.</param>
/// <param name="Examples">Number of examples processed in this epoch.</param>
/// <param name="Loss">Mean loss of this epoch's examples so far.</param>
public readonly record struct BatchProgress(int Epoch, int Batch, int BatchCount, int Examples, double Loss);
