namespace Nabla.Studio;

/// <summary>A test example among those with a prediction.</summary>
/// <param name="Example">Its number in the data, from 0.</param>
/// <param name="Label">Number of its class.</param>
/// <param name="Predicted">Number of the predicted class.</param>
internal readonly record struct RankedExample(int Example, int Label, int Predicted)
{
    /// <summary>The worst first, as <c>Mistake.FindWorst</c> has them: those in which the right class has the lowest score.</summary>
    public static RankedExample[] Rank(ClassificationReport report) =>
    [
        .. from example in report.Examples.Index()
           where example.Item.Predicted is not null
           let scores = example.Item.Scores
           orderby scores[example.Item.Label], scores[example.Item.Predicted!.Value] descending
           select new RankedExample(example.Index, example.Item.Label, example.Item.Predicted!.Value),
    ];
}
