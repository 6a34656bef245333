using Nabla.Explain;

namespace Nabla.Studio;

/// <summary>A test example among those with a prediction.</summary>
/// <param name="Example">Its number in the data, from 0.</param>
/// <param name="Label">Number of its class.</param>
/// <param name="Predicted">Number of the predicted class.</param>
internal readonly record struct RankedExample(int Example, int Label, int Predicted)
{
    /// <summary>The worst mistakes first, and then those that are right, the least sure first.</summary>
    public static RankedExample[] Rank(ClassificationReport report) =>
    [
        .. Mistake.FindWorst(report, report.Count).Select(each => new RankedExample(each.Example, each.Label, each.Predicted)),
        .. from example in report.Examples.Index()
           where example.Item.Predicted == example.Item.Label
           orderby example.Item.Scores[example.Item.Label]
           select new RankedExample(example.Index, example.Item.Label, example.Item.Label),
    ];
}
