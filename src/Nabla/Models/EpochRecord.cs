using System.Globalization;

namespace Nabla;

/// <summary>What a model remembers of one epoch of its training run. Immutable.</summary>
/// <param name="Epoch">Counted from 0.</param>
/// <param name="Loss">Mean training loss over the epoch (<see cref="EpochReport.Loss"/>).</param>
/// <param name="ValidationLoss">Mean loss on the validation data; null without them, not a number if it was not finite.</param>
/// <param name="Metrics">
/// The metrics on the validation data by name, as in <see cref="EpochReport"/>; empty without them. One that was undefined is not a number.
/// </param>
/// <param name="Layers">What the last full batch of the epoch did to each layer; empty if the engine does not measure it.</param>
public sealed record EpochRecord(
    int Epoch, double Loss, double? ValidationLoss, IReadOnlyList<KeyValuePair<string, double>> Metrics,
    IReadOnlyList<LayerUpdate> Layers)
{
    /// <summary>A metric on the validation data by its name, e.g. <c>accuracy</c>; null if it was not measured.</summary>
    public double? this[string metric] => Metrics.Where(pair => pair.Key == metric).Select(pair => (double?)pair.Value).FirstOrDefault();

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Epoch: {Epoch}, Loss: {Loss:0.0000}");

    /// <summary>The record of a finished epoch.</summary>
    internal static EpochRecord From(EpochReport report) => new(
        report.Epoch, report.Loss, report.Validation?.Loss,
        [.. (report.Validation?.Metrics ?? []).Select(metric => KeyValuePair.Create(metric.Name, metric.Value))], report.Layers);
}
