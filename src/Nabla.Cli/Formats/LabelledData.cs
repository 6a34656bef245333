using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>Labelled examples from a file.</summary>
/// <param name="Train">The training set, or all examples.</param>
/// <param name="Test">The test set; null if the file has none.</param>
/// <param name="Encoding">How a table is encoded; null for other files.</param>
/// <param name="Notices">What was assumed, a sentence each; null for nothing.</param>
/// <param name="Rows">The row of each example in a table, from 0, where some are left out; null for all in order.</param>
internal sealed record LabelledData(
    Dataset Train, Dataset? Test, TableEncoding? Encoding = null, IReadOnlyList<string>? Notices = null, IReadOnlyList<int>? Rows = null)
{
    public static LabelledData From((Dataset Train, Dataset? Test) sets) => new(sets.Train, sets.Test);
}
