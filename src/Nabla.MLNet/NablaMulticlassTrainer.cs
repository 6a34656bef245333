using Microsoft.ML;

namespace Nabla.MLNet;

/// <summary>
/// Trains a classifier of several classes. The label is a key of type UInt32, as <c>MapValueToKey</c> makes it; the output has the columns
/// <c>PredictedLabel</c> (a key with the values of the label's keys) and <c>Score</c> (the probability of each class).
/// </summary>
/// <inheritdoc cref="NablaTrainer{TModel}" path="/remarks"/>
public sealed class NablaMulticlassTrainer : NablaTrainer<Classifier>
{
    private readonly MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers;

    internal NablaMulticlassTrainer(
        MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers, NablaTrainerOptions options)
        : base(MLNetInternals.EnvironmentOf(trainers), options) => this.trainers = trainers;

    private protected override IEstimator<ITransformer> Counterpart => trainers.SdcaMaximumEntropy(
        Options.LabelColumnName, Options.FeatureColumnName, Options.ExampleWeightColumnName);

    private protected override LabelReader FindLabels(DataViewSchema schema) => KeyLabels.Find(schema, Options.LabelColumnName);

    private protected override PredictionColumns CreateColumns(Classifier model, LabelReader labels) =>
        new MulticlassColumns(model, ((KeyLabels)labels).Classes.Values);
}
