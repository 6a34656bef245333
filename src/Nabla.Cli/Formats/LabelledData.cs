using Nabla.Images;
using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>Labelled examples from a file.</summary>
/// <param name="Train">The training set, or all examples; the test set if there is nothing else.</param>
/// <param name="Test">The test set; null if the file has none, or nothing else.</param>
/// <param name="Encoding">How a table is encoded; null for other files.</param>
/// <param name="Notices">What was assumed, a sentence each; null for nothing.</param>
/// <param name="Rows">The row of each example in a table, from 0, where some are left out; null for all in order.</param>
internal sealed record LabelledData(
    Dataset Train, Dataset? Test, TableEncoding? Encoding = null, IReadOnlyList<string>? Notices = null, IReadOnlyList<int>? Rows = null)
{
    /// <summary>Whether there are test examples alone, which are not to be trained on.</summary>
    public bool IsTestAlone { get; init; }

    /// <summary>How the table is written, so that files about it are written alike.</summary>
    public CsvText Csv { get; init; } = CsvText.Default;

    /// <summary>The form of pictures; null for other data.</summary>
    public PictureForm? Form { get; init; }

    public static LabelledData From((Dataset Train, Dataset? Test) sets) => new(sets.Train, sets.Test);

    /// <summary>The sets of a file, of which it has at least one.</summary>
    public static LabelledData From(Dataset? train, Dataset? test) => train is null
        ? new(test!, null) { IsTestAlone = true }
        : new(train, test);
}
