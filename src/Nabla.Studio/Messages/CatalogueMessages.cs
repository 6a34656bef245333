namespace Nabla.Studio;

/// <summary>All that can be chosen on the page for training.</summary>
internal sealed record CatalogueMessage(
    IReadOnlyList<DataMessage> Data, IReadOnlyList<KindMessage> Activations, IReadOnlyList<KindMessage> Losses,
    IReadOnlyList<KindMessage> Optimizers, IReadOnlyList<KindMessage> Schedules, IReadOnlyList<KindMessage> Initializations)
{
    /// <summary>What the current run was started with; null if there is none, or if the page has no options for it.</summary>
    public RunRequest? Current { get; init; }
}

/// <summary>A data set that can be chosen.</summary>
/// <param name="Name">Its name in requests.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Description">What it is.</param>
/// <param name="Defaults">Option values with which it is learned, by name.</param>
internal sealed record DataMessage(string Name, string Title, string Description, IReadOnlyDictionary<string, string> Defaults)
{
    /// <summary>The columns of a table that can be the target; empty for other data.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];
}

/// <summary>A kind of the library's catalogues.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">Its description.</param>
/// <param name="LearningRate">The usual learning rate of an optimizer; null for other kinds.</param>
/// <param name="TakesClasses">Whether a loss can learn classes; null for other kinds.</param>
internal sealed record KindMessage(string Name, string Description, float? LearningRate = null, bool? TakesClasses = null);

/// <summary>The points of data with two features, to draw them over the decision boundary.</summary>
/// <param name="Features">The names of the features.</param>
/// <param name="Classes">The names of the classes.</param>
/// <param name="Bounds">Left, right, bottom and top of the picture.</param>
/// <param name="Points">x, y, class, and 1 for held-out points, of each point.</param>
internal sealed record PointsMessage(
    IReadOnlyList<string> Features, IReadOnlyList<string> Classes, IReadOnlyList<float> Bounds, IReadOnlyList<float> Points);
