using Nabla.Tables;

namespace Nabla.Studio;

/// <summary>Data to train on, and to measure with after each epoch.</summary>
/// <param name="Title">Their name, for people.</param>
/// <param name="Train">The training data.</param>
/// <param name="Test">The held-out data.</param>
/// <param name="Arguments">The words of <c>nabla train</c> that name these data; null if only a program has them.</param>
/// <param name="Code">The C# statements that load the training data and the held-out data.</param>
internal sealed record StudioData(string Title, Dataset Train, Dataset Test, string? Arguments, string Code)
{
    /// <summary>The files of the data that the page offers, to load with the command that is shown.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>What was assumed when the data were read, a sentence each.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>How the table was encoded; null if the data are no table.</summary>
    public TableEncoding? Encoding { get; init; }

    /// <summary>Whether the network may have learned from <see cref="Test"/>: how its training run divided the data is not known.</summary>
    public bool MayBeLearned { get; init; }

    /// <summary>Whether an image of one character, as it is drawn on the pad, can be an example.</summary>
    public bool IsGreyImages => Train is { Inputs.IsBytes: true, InputShape.Count: 2, Targets: ClassTargets };

    /// <summary>
    /// Data without a test set of their own: a fifth is held out, as <c>nabla train</c> does.
    /// </summary>
    /// <inheritdoc cref="StudioData" path="/param"/>
    public static StudioData HoldingOut(string title, Dataset all, ulong seed, string? arguments, string code)
    {
        var (train, test) = DatasetSplit.HoldOut(all, 0.2, seed);
        return new StudioData(title, train, test, arguments, code);
    }
}
