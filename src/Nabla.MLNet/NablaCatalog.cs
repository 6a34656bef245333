using Microsoft.ML;

namespace Nabla.MLNet;

/// <summary>Adds Nabla to the catalogs of an <see cref="MLContext"/>. Safe for concurrent use, as the catalogs are.</summary>
public static class NablaCatalog
{
    /// <summary>
    /// Makes models with a Nabla transformer known to a context, so that <c>mlContext.Model.Load</c> can load them. Call it once, before
    /// the first model is loaded; a context in which a Nabla trainer was created knows them already.
    /// </summary>
    /// <param name="mlContext">The context that loads models.</param>
    /// <returns>The same context.</returns>
    public static MLContext RegisterNabla(this MLContext mlContext)
    {
        TransformerLoader.Register(mlContext);
        return mlContext;
    }

    /// <summary>Creates a trainer for two classes.</summary>
    /// <param name="trainers">The trainers of a context.</param>
    /// <param name="labelColumnName">The column to predict, Boolean.</param>
    /// <param name="featureColumnName">The column of features, a vector of Single of known size.</param>
    /// <param name="exampleWeightColumnName">How much each row counts, Single; null if all rows count 1.</param>
    /// <param name="training">How to train; null for <see cref="Presets.TableClassification"/>.</param>
    /// <exception cref="InvalidOptionException">The options contradict each other.</exception>
    public static NablaBinaryTrainer Nabla(
        this BinaryClassificationCatalog.BinaryClassificationTrainers trainers, string labelColumnName = "Label",
        string featureColumnName = "Features", string? exampleWeightColumnName = null, TrainingOptions? training = null) =>
        trainers.Nabla(Options(labelColumnName, featureColumnName, exampleWeightColumnName, training));

    /// <summary>Creates a trainer for two classes.</summary>
    /// <param name="trainers">The trainers of a context.</param>
    /// <param name="options">What the trainer reads, and how it trains.</param>
    /// <exception cref="InvalidOptionException">The options contradict each other.</exception>
    public static NablaBinaryTrainer Nabla(
        this BinaryClassificationCatalog.BinaryClassificationTrainers trainers, NablaTrainerOptions options) => new(trainers, options);

    /// <summary>Creates a trainer for several classes.</summary>
    /// <param name="trainers">The trainers of a context.</param>
    /// <param name="labelColumnName">The column to predict, a key of type UInt32.</param>
    /// <param name="featureColumnName">The column of features, a vector of Single of known size.</param>
    /// <param name="exampleWeightColumnName">How much each row counts, Single; null if all rows count 1.</param>
    /// <param name="training">How to train; null for <see cref="Presets.TableClassification"/>.</param>
    /// <exception cref="InvalidOptionException">The options contradict each other.</exception>
    public static NablaMulticlassTrainer Nabla(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers, string labelColumnName = "Label",
        string featureColumnName = "Features", string? exampleWeightColumnName = null, TrainingOptions? training = null) =>
        trainers.Nabla(Options(labelColumnName, featureColumnName, exampleWeightColumnName, training));

    /// <summary>Creates a trainer for several classes.</summary>
    /// <param name="trainers">The trainers of a context.</param>
    /// <param name="options">What the trainer reads, and how it trains.</param>
    /// <exception cref="InvalidOptionException">The options contradict each other.</exception>
    public static NablaMulticlassTrainer Nabla(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers, NablaTrainerOptions options) =>
        new(trainers, options);

    /// <summary>Creates a trainer for values.</summary>
    /// <param name="trainers">The trainers of a context.</param>
    /// <param name="labelColumnName">The column to predict, Single.</param>
    /// <param name="featureColumnName">The column of features, a vector of Single of known size.</param>
    /// <param name="exampleWeightColumnName">How much each row counts, Single; null if all rows count 1.</param>
    /// <param name="training">How to train; null for <see cref="Presets.TableRegression"/>.</param>
    /// <exception cref="InvalidOptionException">The options contradict each other.</exception>
    public static NablaRegressionTrainer Nabla(
        this RegressionCatalog.RegressionTrainers trainers, string labelColumnName = "Label", string featureColumnName = "Features",
        string? exampleWeightColumnName = null, TrainingOptions? training = null) =>
        trainers.Nabla(Options(labelColumnName, featureColumnName, exampleWeightColumnName, training));

    /// <summary>Creates a trainer for values.</summary>
    /// <param name="trainers">The trainers of a context.</param>
    /// <param name="options">What the trainer reads, and how it trains.</param>
    /// <exception cref="InvalidOptionException">The options contradict each other.</exception>
    public static NablaRegressionTrainer Nabla(this RegressionCatalog.RegressionTrainers trainers, NablaTrainerOptions options) =>
        new(trainers, options);

    private static NablaTrainerOptions Options(string label, string features, string? weight, TrainingOptions? training) => new()
    {
        LabelColumnName = label, FeatureColumnName = features, ExampleWeightColumnName = weight, Training = training,
    };
}
