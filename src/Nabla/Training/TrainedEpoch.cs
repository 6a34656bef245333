namespace Nabla;

/// <summary>One finished epoch.</summary>
/// <param name="Epoch">Counted from 0.</param>
/// <param name="Loss">Mean training loss; each example's loss is computed before the step of its batch, without L2.</param>
/// <param name="Examples">Number of examples processed.</param>
/// <param name="Time">Time spent training, without evaluation.</param>
/// <param name="Layers">What the last step did to each layer; empty if the engine does not measure it.</param>
internal sealed record TrainedEpoch(int Epoch, double Loss, int Examples, TimeSpan Time, LayerUpdate[] Layers);
