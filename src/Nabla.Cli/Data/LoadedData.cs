using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>Data that have been loaded.</summary>
/// <param name="Train">The training set, or all examples.</param>
/// <param name="Test">The test set; null if the data do not name one.</param>
/// <param name="Request">What was asked for, or the default.</param>
/// <param name="Encoding">How a table became numbers; null for other data.</param>
internal sealed record LoadedData(Dataset Train, Dataset? Test, DataRequest Request, TableEncoding? Encoding = null);
