using Nabla.Tables;

namespace Nabla.Studio;

/// <summary>Data that whoever starts the studio brings along.</summary>
/// <param name="Title">Their name, for people.</param>
/// <param name="Load">Loads and divides them for training with some options, as <c>nabla train</c> does.</param>
internal sealed record GivenData(string Title, Func<TrainingOptions, StudioData> Load)
{
    /// <summary>Data of a program.</summary>
    /// <param name="train">The training data, or all data.</param>
    /// <param name="test">The held-out data; null to hold out a fifth.</param>
    /// <param name="encoding">How they were made from a table; null if they are no table.</param>
    public static GivenData From(Dataset train, Dataset? test, TableEncoding? encoding) => new(train.Name, options =>
    {
        var data = test is not null
            ? new StudioData(train.Name, train, test, null, "// train and test are the data that the studio was given.")
            : StudioData.HoldingOut(
                train.Name, train, options.Seed, null,
                $"""
                // data are those that the studio was given.
                var (train, test) = DatasetSplit.HoldOut(data, 0.2, seed: {options.Seed});
                """);
        return data with { Encoding = encoding };
    });
}
