using Nabla.Images;
using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>Loaded data.</summary>
/// <param name="Train">The training set, or all examples.</param>
/// <param name="Test">The test set; null if the data have none.</param>
/// <param name="Request">The request, with the default filled in.</param>
/// <param name="CanHoldValues">Whether such data can have values to predict, and not only classes.</param>
/// <param name="Encoding">How a table is encoded; null for other data.</param>
/// <param name="Rows">The row of each example in a table, from 0, where some are left out; null for all in order.</param>
internal sealed record LoadedData(
    Dataset Train, Dataset? Test, DataRequest Request, bool CanHoldValues, TableEncoding? Encoding, IReadOnlyList<int>? Rows = null)
{
    /// <summary>How the table is written, so that files about it are written alike.</summary>
    public CsvText Csv { get; init; } = CsvText.Default;

    /// <summary>What was unusual about the data.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>The form of pictures; null for other data.</summary>
    public PictureForm? Form { get; init; }

    /// <summary>Whether there are test examples alone, in <see cref="Train"/>.</summary>
    public bool IsTestAlone { get; init; }
}
