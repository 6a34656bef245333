namespace Nabla;

/// <summary>What a file of labelled examples contains. Immutable.</summary>
/// <param name="Train">The training set, or all examples if they are not divided; null if there are test examples alone.</param>
/// <param name="Test">The test set; null if there is none.</param>
/// <param name="Unused">Names of arrays or files that were found and not read. May be empty.</param>
public sealed record DatasetFile(Dataset? Train, Dataset? Test, IReadOnlyList<string> Unused);
