using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>Labelled examples from a file.</summary>
/// <param name="Train">The training set, or all examples; the test set if there is nothing else.</param>
/// <param name="Test">The test set; null if the file has none, or nothing else.</param>
/// <param name="Encoding">How a table is encoded; null for other files.</param>
internal sealed record LabelledData(Dataset Train, Dataset? Test, TableEncoding? Encoding = null)
{
    /// <summary>Whether there are test examples alone, which are not to be trained on.</summary>
    public bool IsTestAlone { get; init; }

    /// <summary>The form of pictures; null for other data.</summary>
    public PictureForm? Form { get; init; }

    /// <summary>What the user should know about how the file was read.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    public static LabelledData From((Dataset Train, Dataset? Test) sets) => new(sets.Train, sets.Test);

    /// <summary>The sets of a file, of which it has at least one.</summary>
    public static LabelledData From(Dataset? train, Dataset? test) => train is null
        ? new(test!, null) { IsTestAlone = true }
        : new(train, test);
}
