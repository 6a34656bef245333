namespace Nabla;

/// <summary>Where a training run stands within an epoch; reported after each batch. Immutable.</summary>
/// <param name="Epoch">Counted from 0.</param>
/// <param name="Batch">Batches done in this epoch.</param>
/// <param name="BatchCount">Batches in an epoch.</param>
/// <param name="Examples">Examples processed in this epoch.</param>
/// <param name="Loss">Mean loss of this epoch's examples so far.</param>
public readonly record struct BatchProgress(int Epoch, int Batch, int BatchCount, int Examples, double Loss);
