using System.Globalization;

namespace Nabla;

/// <summary>How well a classifier does on labelled data.</summary>
/// <param name="Correct">Examples whose class was the strongest output.</param>
/// <param name="Count">Examples in all.</param>
/// <param name="Loss">Mean loss over the examples, without L2; not a number without examples.</param>
public sealed record Evaluation(int Correct, int Count, double Loss)
{
    /// <summary>Share of examples that were right, from 0 to 1; not a number without examples.</summary>
    public double Accuracy => (double)Correct / Count;

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"Accuracy: {Accuracy:0.0###} ({Correct} of {Count}), Loss: {Loss:0.0000}");
}
