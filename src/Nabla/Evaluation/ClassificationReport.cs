using System.Globalization;

namespace Nabla;

/// <summary>How well a classifier does on labelled data. Weights of examples count in the loss alone. Immutable.</summary>
/// <param name="Correct">Examples whose class was the strongest output.</param>
/// <param name="Count">Examples.</param>
/// <param name="Loss">Mean loss over the examples, without weight decay; not a number without examples.</param>
public sealed record ClassificationReport(int Correct, int Count, double Loss) : ModelReport(Count, Loss)
{
    /// <summary>Share of examples that were right, from 0 to 1; not a number without examples.</summary>
    public double Accuracy => (double)Correct / Count;

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Metrics => [new("accuracy", "Accuracy", Accuracy, "0.0###")];

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Metrics[0]} ({Correct} of {Count}), Loss: {Loss:0.0000}");
}
