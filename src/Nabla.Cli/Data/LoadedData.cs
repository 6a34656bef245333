using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>Data as they were found.</summary>
/// <param name="Train">To learn from, or all there is.</param>
/// <param name="Test">To measure on; null where the data do not say which.</param>
/// <param name="Request">What was asked for, or taken where nothing was.</param>
/// <param name="Encoding">How a table became numbers; null for what is no table.</param>
internal sealed record LoadedData(Dataset Train, Dataset? Test, DataRequest Request, TableEncoding? Encoding = null);
