using Microsoft.ML;
using Microsoft.ML.Data;
using Nabla.Kernels;

namespace Nabla.MLNet;

/// <summary>A classifier of two classes, false and true.</summary>
internal sealed class BinaryColumns(Classifier model) : PredictionColumns
{
    public const string TaskName = "binary";

    public override string Task => TaskName;

    public override string ColumnKind => "BinaryClassification";

    public override Classifier Model => model;

    public override IReadOnlyList<PredictionColumn> Columns { get; } =
    [
        new(PredictionColumn.PredictedLabel, BooleanDataViewType.Instance, PredictionColumn.PredictedLabel),
        new(PredictionColumn.Score, NumberDataViewType.Single, PredictionColumn.Score),
        new(PredictionColumn.Probability, NumberDataViewType.Single, PredictionColumn.Probability),
    ];

    public override Delegate[] CreateGetters(DataViewRow row, FeatureColumn features)
    {
        var predictor = new RowPredictor<Prediction>(row, features, x => model.Predict(x));
        return
        [
            new ValueGetter<bool>((ref bool value) => value = predictor.Current.ClassIndex == 1),
            new ValueGetter<float>((ref float value) => value = LogOdds(predictor.Current.Scores)),
            new ValueGetter<float>((ref float value) => value = predictor.Current.Scores[1]),
        ];
    }

    /// <summary>
    /// The logarithm of the odds, as the scores of ML.NET's calibrated trainers are: above 0 where true is the likelier class. A
    /// probability that was rounded to 0 counts as the smallest float, so that the score stays finite.
    /// </summary>
    private static float LogOdds(IReadOnlyList<float> probabilities) => (float)(
        DoubleLogarithm.Of(Math.Max(probabilities[1], float.Epsilon)) - DoubleLogarithm.Of(Math.Max(probabilities[0], float.Epsilon)));
}
