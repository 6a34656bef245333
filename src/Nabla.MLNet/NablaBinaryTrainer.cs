using Microsoft.ML;

namespace Nabla.MLNet;

/// <summary>
/// Trains a classifier of two classes. The label is Boolean; the output has the columns <c>PredictedLabel</c> (Boolean), <c>Score</c> (the
/// logarithm of the odds) and <c>Probability</c> (of true).
/// </summary>
/// <inheritdoc cref="NablaTrainer{TModel}" path="/remarks"/>
public sealed class NablaBinaryTrainer : NablaTrainer<Classifier>
{
    private readonly BinaryClassificationCatalog.BinaryClassificationTrainers trainers;

    internal NablaBinaryTrainer(BinaryClassificationCatalog.BinaryClassificationTrainers trainers, NablaTrainerOptions options)
        : base(MLNetInternals.EnvironmentOf(trainers), options) => this.trainers = trainers;

    private protected override IEstimator<ITransformer> Counterpart => trainers.SdcaLogisticRegression(
        Options.LabelColumnName, Options.FeatureColumnName, Options.ExampleWeightColumnName);

    private protected override LabelReader FindLabels(DataViewSchema schema) => BinaryLabels.Find(schema, Options.LabelColumnName);

    private protected override PredictionColumns CreateColumns(Classifier model, LabelReader labels) => new BinaryColumns(model);
}
