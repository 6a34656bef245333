using System.Diagnostics;
using Nabla.Explain;

namespace Nabla.Studio;

/// <summary>A classifier, measured on its test data. Nothing may change the model. Safe for concurrent use.</summary>
internal sealed class MistakeStudy
{
    private const int LargestMatrix = 50; // classes
    private const int PageSize = 24;
    private const int MostScores = 10;
    private const int MostNear = 5;

    private readonly ClassificationReport report;
    private readonly RankedExample[] ranked;
    private readonly ExampleLooks looks;

    /// <param name="number">The number of the network.</param>
    /// <param name="model">The classifier.</param>
    /// <param name="data">The data that it was trained on, with test data.</param>
    /// <exception cref="InvalidInputException">The data do not fit the model.</exception>
    public MistakeStudy(int number, Classifier model, StudioData data)
    {
        (Number, Model, Data) = (number, model, data);
        report = model.Evaluate(data.Test);
        ranked = RankedExample.Rank(report);
        looks = new ExampleLooks(data);
        Inside = model.Members.Count > 0 ? model.Members[0] : model;
        NearestInputs = NearestExamples.InInputs(Inside, data.Train.Inputs);
    }

    public int Number { get; }

    public Classifier Model { get; }

    public StudioData Data { get; }

    /// <summary>The network that is looked into: the model, or the first member of an ensemble.</summary>
    public Model Inside { get; }

    /// <summary>Finds training examples with similar inputs.</summary>
    public NearestExamples NearestInputs { get; }

    private IReadOnlyList<string> Names => Model.ClassNames;

    /// <summary>Adds what the page shows about the network.</summary>
    public MistakesMessage Describe(MistakesMessage about) => about with
    {
        Network = Number,
        Layers = $"{Model.Topology}",
        Data = Data.Title,
        Count = report.Count,
        Correct = report.Correct,
        MayBeLearned = Data.MayBeLearned,
        WithoutPrediction = report.WithoutPrediction,
        HasProbabilities = report.HasProbabilities,
        ClassCount = Names.Count,
        Classes = Names.Count > LargestMatrix ? [] : [.. report.Classes.Select(metrics => new MistakeClassMessage(
            ExampleLooks.Shorten(metrics.Name), metrics.Support, metrics.Predicted, metrics.Precision, metrics.Recall))],
        Cells = Names.Count > LargestMatrix ? [] : [
            .. from label in Enumerable.Range(0, Names.Count)
               from predicted in Enumerable.Range(0, Names.Count)
               select report.ConfusionMatrix[label, predicted]],
        Columns = looks.Columns,
        MoreColumns = looks.MoreColumns,
        HiddenUnits = Inside.Topology.LayerCount > 1 ? Inside.Topology.Sizes[^2] : 0,
        NearestNote = Model.Members.Count > 0
            ? $"The model is an average of {Model.Members.Count} networks; the first of them decides which examples are near." : null,
    };

    /// <summary>Some examples of a cell of the confusion matrix, or of all mistakes.</summary>
    /// <exception cref="InvalidInputException">There is no such cell, or no such place in the list.</exception>
    public MistakeListMessage List(MistakeListRequest request)
    {
        if (request.Label is null != request.Predicted is null)
            throw Invalid("the cell", "it needs a class and a predicted class, or neither");
        foreach (int? number in new[] { request.Label, request.Predicted })
        {
            if (number is { } index && (index < 0 || index >= Names.Count))
                throw Invalid("the cell", $"there is no class {index}: there are {Names.Count}, counted from 0");
        }
        RankedExample[] all = [.. ranked.Where(example => request.Label is { } label
            ? example.Label == label && example.Predicted == request.Predicted
            : example.Label != example.Predicted)];
        if (request.From < 0 || request.From > Math.Max(0, all.Length - 1))
            throw Invalid("the place in the list", $"{request.From} is not from 0 to {Math.Max(0, all.Length - 1)}");
        return new MistakeListMessage(
            Number, all.Length, request.From,
            [.. all.Skip(request.From).Take(PageSize).Select(example => Show(example.Example))]);
    }

    /// <summary>All about one example, with the nearest training examples.</summary>
    /// <param name="request">Which example; its space has been looked at.</param>
    /// <param name="nearest">Finds training examples in that space.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="InvalidInputException">There is no such example, or it cannot be compared.</exception>
    public MistakeDetailMessage Look(MistakeExampleRequest request, NearestExamples nearest, CancellationToken cancellationToken)
    {
        RequireExample(request.Example);
        long start = Stopwatch.GetTimestamp();
        var found = nearest.Find(Data.Test.Inputs, request.Example, MostNear, cancellationToken);
        var train = Data.Train;
        return new MistakeDetailMessage(
            Number, Show(request.Example), Scores(report.Examples[request.Example]), request.Space,
            [
                .. found.Select(near => new NearExampleMessage(
                    near.Example, NameOf(train.Classes.Labels[near.Example]), near.Distance, looks.Show(train.Inputs, near.Example))),
            ])
        {
            Searched = nearest.Count,
            TrainingExamples = train.Count,
            Milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds,
        };
    }

    /// <summary>Requires that there is an example.</summary>
    /// <exception cref="InvalidInputException">There is none.</exception>
    public void RequireExample(int number)
    {
        if (number < 0 || number >= report.Count)
            throw Invalid("the example", $"there is no example {number}: there are {report.Count}, counted from 0");
    }

    private MistakeExampleMessage Show(int number)
    {
        var example = report.Examples[number];
        return new MistakeExampleMessage(
            number, NameOf(example.Label), example.Predicted is { } predicted ? NameOf(predicted) : null,
            Finite(example.Scores[example.Label]), example.Predicted is { } best ? Finite(example.Scores[best]) : null,
            looks.Show(Data.Test.Inputs, number));
    }

    /// <summary>All scores in the order of the classes; of many, the highest, the highest first, and that of the example's class.</summary>
    private MistakeScoreMessage[] Scores(ClassifiedExample example)
    {
        IEnumerable<int> shown = Enumerable.Range(0, Names.Count);
        if (Names.Count > MostScores)
            shown = shown.OrderByDescending(index => example.Scores[index]).Take(MostScores).Append(example.Label).Distinct();
        return
        [
            .. shown.Select(index => new MistakeScoreMessage(
                NameOf(index), Finite(example.Scores[index]), index == example.Label, index == example.Predicted)),
        ];
    }

    private string NameOf(int number) => ExampleLooks.Shorten(Names[number]);

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static InvalidInputException Invalid(string where, string why) =>
        new("cannot show these examples", where, why, "Choose what the page offers, or reload it.");
}
