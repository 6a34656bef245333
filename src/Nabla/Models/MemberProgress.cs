namespace Nabla;

/// <summary>The progress of one member of an ensemble in training, reported after each of its batches. Immutable.</summary>
/// <param name="Member">Counted from 0.</param>
/// <param name="Batch">The progress of the member's training run.</param>
public readonly record struct MemberProgress(int Member, BatchProgress Batch);
