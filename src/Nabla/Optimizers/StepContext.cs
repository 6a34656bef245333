namespace Nabla;

/// <summary>What an engine is told about the step that begins. Immutable.</summary>
/// <param name="LearningRate">Step size of this step, as the schedule gives it.</param>
/// <param name="Epoch">The epoch that the step belongs to, counted from 0; dropout and augmentation depend on it.</param>
public readonly record struct StepContext(float LearningRate, int Epoch = 0);
