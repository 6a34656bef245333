namespace Nabla.Studio;

/// <summary>Which network's mistakes are asked for.</summary>
/// <param name="Source">reader or run; null for the first that there is.</param>
internal sealed record MistakesRequest(string? Source = null);

/// <summary>A question about a list of examples.</summary>
/// <param name="Network">The number of the network, from <see cref="MistakesMessage"/>.</param>
/// <param name="Label">The class of the examples; null for all mistakes.</param>
/// <param name="Predicted">The class as which they are predicted; null for all mistakes.</param>
/// <param name="From">How many examples to leave out.</param>
internal sealed record MistakeListRequest(int Network, int? Label = null, int? Predicted = null, int From = 0);

/// <summary>A question about one example.</summary>
/// <param name="Network">The number of the network.</param>
/// <param name="Example">The number of the test example, from 0.</param>
/// <param name="Space">Where near training examples are looked for: inputs or hidden.</param>
internal sealed record MistakeExampleRequest(int Network, int Example, string Space = "inputs");

/// <summary>How a network does on its test data.</summary>
/// <param name="Source">reader or run.</param>
/// <param name="Sources">The networks that can be chosen.</param>
internal sealed record MistakesMessage(string Source, IReadOnlyList<MistakeSourceMessage> Sources)
{
    /// <summary>Why there is nothing to see; null if there is, and then the rest is there.</summary>
    public string? Problem { get; init; }

    /// <summary>The number of the network. Another network gets another one.</summary>
    public int Network { get; init; }

    /// <summary>Its layers.</summary>
    public string Layers { get; init; } = "";

    public string Data { get; init; } = "";

    public int Count { get; init; }

    public int Correct { get; init; }

    /// <summary>Whether the network may have learned from these examples.</summary>
    public bool MayBeLearned { get; init; }

    /// <summary>Examples that have an output that is not a number, and so are in no cell.</summary>
    public int WithoutPrediction { get; init; }

    /// <summary>Whether scores are probabilities.</summary>
    public bool HasProbabilities { get; init; }

    public int ClassCount { get; init; }

    /// <summary>The classes; empty if they are too many for a matrix.</summary>
    public IReadOnlyList<MistakeClassMessage> Classes { get; init; } = [];

    /// <summary>Examples by class and predicted class, [classes, classes]; empty if they are too many.</summary>
    public IReadOnlyList<int> Cells { get; init; } = [];

    /// <summary>The columns of examples that are no pictures.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Columns that are left out, because they are too many.</summary>
    public int MoreColumns { get; init; }

    /// <summary>Units of the last hidden layer; 0 if there is none.</summary>
    public int HiddenUnits { get; init; }

    /// <summary>What must be known about the nearest examples; null for nothing.</summary>
    public string? NearestNote { get; init; }
}

/// <summary>A network that can be chosen.</summary>
/// <param name="Name">reader or run.</param>
/// <param name="Title">What it is, for people.</param>
internal sealed record MistakeSourceMessage(string Name, string Title);

/// <summary>How well a class is recognized.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Support">Its examples.</param>
/// <param name="Predicted">Examples predicted as it.</param>
/// <param name="Precision">The share of right ones among those.</param>
/// <param name="Recall">The share of right ones among its examples.</param>
internal sealed record MistakeClassMessage(string Name, int Support, int Predicted, double Precision, double Recall);

/// <summary>Some examples of a list, the worst first.</summary>
/// <param name="Network">The number of the network.</param>
/// <param name="Total">How many examples the list has.</param>
/// <param name="From">How many come before these.</param>
/// <param name="Examples">The examples.</param>
internal sealed record MistakeListMessage(int Network, int Total, int From, IReadOnlyList<MistakeExampleMessage> Examples);

/// <summary>A test example with what the network says.</summary>
/// <param name="Example">Its number, from 0.</param>
/// <param name="Label">The name of its class.</param>
/// <param name="Predicted">The name of the predicted class; null if an output is not a number.</param>
/// <param name="LabelScore">The score of its class; null if it is not a number.</param>
/// <param name="PredictedScore">The score of the predicted class; null if there is none.</param>
/// <param name="Look">What it looks like.</param>
internal sealed record MistakeExampleMessage(
    int Example, string Label, string? Predicted, double? LabelScore, double? PredictedScore, ExampleLookMessage Look);

/// <summary>An example as people see it: a picture, or values by columns.</summary>
internal sealed record ExampleLookMessage
{
    public int Rows { get; init; }

    public int Columns { get; init; }

    /// <summary>1 for grey, 3 for red, green and blue.</summary>
    public int Channels { get; init; }

    /// <summary>[rows, columns, channels] from 0 to 255, in base 64; empty if it is no picture.</summary>
    public string Levels { get; init; } = "";

    /// <summary>A value for each of the columns; null if it is missing.</summary>
    public IReadOnlyList<string?> Values { get; init; } = [];
}

/// <summary>One example, with all that the page shows about it.</summary>
/// <param name="Network">The number of the network.</param>
/// <param name="Shown">The example.</param>
/// <param name="Scores">The highest scores, and that of its class.</param>
/// <param name="Space">inputs or hidden.</param>
/// <param name="Nearest">The nearest training examples, the nearest first.</param>
internal sealed record MistakeDetailMessage(
    int Network, MistakeExampleMessage Shown, IReadOnlyList<MistakeScoreMessage> Scores, string Space,
    IReadOnlyList<NearExampleMessage> Nearest)
{
    /// <summary>Training examples that were searched.</summary>
    public int Searched { get; init; }

    /// <summary>Training examples.</summary>
    public int TrainingExamples { get; init; }

    /// <summary>The time that the search took.</summary>
    public double Milliseconds { get; init; }
}

/// <summary>The score of a class.</summary>
internal sealed record MistakeScoreMessage(string Name, double? Score, bool IsLabel, bool IsPredicted);

/// <summary>A training example that is near.</summary>
/// <param name="Example">Its number in the training data, from 0.</param>
/// <param name="Label">The name of its class.</param>
/// <param name="Distance">Its distance.</param>
/// <param name="Look">What it looks like.</param>
internal sealed record NearExampleMessage(int Example, string Label, double Distance, ExampleLookMessage Look);
