namespace Nabla.Cli;

/// <summary>Data as they were found.</summary>
/// <param name="Train">To learn from, or all there is.</param>
/// <param name="Test">To measure on; null where the data do not say which.</param>
/// <param name="Source">The data as one would write them on the command line.</param>
internal sealed record LoadedData(Dataset Train, Dataset? Test, string Source);
