using Microsoft.ML;
using Microsoft.ML.Data;

namespace Nabla.MLNet;

/// <summary>A regressor of one value.</summary>
internal sealed class RegressionColumns(Regressor model) : PredictionColumns
{
    public const string TaskName = "regression";

    public override string Task => TaskName;

    public override string ColumnKind => "Regression";

    public override Regressor Model => model;

    public override IReadOnlyList<PredictionColumn> Columns { get; } =
        [new(PredictionColumn.Score, NumberDataViewType.Single, PredictionColumn.Score)];

    public override Delegate[] CreateGetters(DataViewRow row, FeatureColumn features)
    {
        var predictor = new RowPredictor<float>(row, features, x => (float)model.Predict(x)[0]);
        return [new ValueGetter<float>((ref float value) => value = predictor.Current)];
    }
}
