namespace Nabla.MLNet;

/// <summary>What a trainer reads, and how it trains.</summary>
/// <remarks>Immutable, and safe for concurrent use.</remarks>
public sealed record NablaTrainerOptions
{
    /// <summary>
    /// The column to predict (default: <c>Label</c>): Boolean for two classes, a key of type UInt32 for several, Single for values. Rows
    /// whose label is missing, a key of 0 or NaN, are left out.
    /// </summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>
    /// The column of features (default: <c>Features</c>): a vector of Single of known size, dense or sparse. They need no normalization. A
    /// missing or infinite feature is an error.
    /// </summary>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>How much each row counts, as Single, finite and at least 0; null if all rows count 1.</summary>
    public string? ExampleWeightColumnName { get; init; }

    /// <summary>
    /// How to train; null for <see cref="Presets.TableClassification"/> or <see cref="Presets.TableRegression"/>. The seed is
    /// <see cref="TrainingOptions.Seed"/>: that of the <see cref="Microsoft.ML.MLContext"/> is not used. The output activation of
    /// classifiers is softmax.
    /// </summary>
    public TrainingOptions? Training { get; init; }

    /// <summary>
    /// Share of the rows that is held out to find the best epoch, if that is kept (<see cref="TrainingOptions.KeepsBest"/>), between 0 and
    /// 1, both excluded (default: 0.2). Not used if validation data are given to <c>Fit</c>, or if there are several members.
    /// </summary>
    public double ValidationFraction { get; init; } = 0.2;

    /// <summary>
    /// Number of networks whose predictions are averaged: 1 (default), or at least 2 for an <see cref="EnsembleTraining"/>.
    /// </summary>
    public int Members { get; init; } = 1;
}
