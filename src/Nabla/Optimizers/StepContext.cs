namespace Nabla;

/// <summary>What an optimizer is told about the step that begins. Immutable.</summary>
/// <param name="LearningRate">Step size of this step, as the schedule gives it.</param>
public readonly record struct StepContext(float LearningRate);
