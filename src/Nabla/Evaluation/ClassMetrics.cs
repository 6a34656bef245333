using System.Globalization;

namespace Nabla;

/// <summary>How well a classifier recognizes one class. Immutable.</summary>
/// <param name="Name">Name of the class.</param>
/// <param name="Precision">Share of the examples predicted as this class that belong to it; 0 if none is predicted as it.</param>
/// <param name="Recall">Share of the examples of this class that are predicted as it; 0 if there are none.</param>
/// <param name="F1">Harmonic mean of precision and recall; 0 if both are 0.</param>
/// <param name="Support">Examples of this class.</param>
/// <param name="Predicted">Examples predicted as this class.</param>
/// <param name="RocAuc">
/// Area under the ROC curve, this class against the rest, from 0 to 1: how likely an example of this class has a higher score of it than
/// one of another class, where equal scores count as one half. Not a number if no example or every example belongs to the class, or if an
/// output is not a number.
/// </param>
/// <param name="AveragePrecision">
/// Area under the steps of the precision-recall curve, this class against the rest, without interpolation, from 0 to 1. Not a number if no
/// example belongs to the class, or if an output is not a number.
/// </param>
public sealed record ClassMetrics(
    string Name, double Precision, double Recall, double F1, int Support, int Predicted, double RocAuc, double AveragePrecision)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}: precision {Precision:0.0000}, recall {Recall:0.0000}, F1 {F1:0.0000} ({Support} examples)");
}
