using Microsoft.ML;

namespace Nabla.MLNet;

/// <summary>Trains a regressor of one value. The label is Single; the output has the column <c>Score</c>, the predicted value.</summary>
/// <inheritdoc cref="NablaTrainer{TModel}" path="/remarks"/>
public sealed class NablaRegressionTrainer : NablaTrainer<Regressor>
{
    private readonly RegressionCatalog.RegressionTrainers trainers;

    internal NablaRegressionTrainer(RegressionCatalog.RegressionTrainers trainers, NablaTrainerOptions options)
        : base(MLNetInternals.EnvironmentOf(trainers), options) => this.trainers = trainers;

    private protected override IEstimator<ITransformer> Counterpart => trainers.Sdca(
        Options.LabelColumnName, Options.FeatureColumnName, Options.ExampleWeightColumnName);

    private protected override LabelReader FindLabels(DataViewSchema schema) => ValueLabels.Find(schema, Options.LabelColumnName);

    private protected override PredictionColumns CreateColumns(Regressor model, LabelReader labels) => new RegressionColumns(model);
}
