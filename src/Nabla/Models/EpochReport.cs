using System.Globalization;

namespace Nabla;

/// <summary>One finished epoch of a training run. Immutable.</summary>
/// <param name="Epoch">Counted from 0.</param>
/// <param name="Loss">Mean training loss over the epoch; each example's loss is computed before the step of its batch.</param>
/// <param name="Validation">The results on the validation data; null if there are none.</param>
/// <param name="Examples">Examples processed.</param>
/// <param name="Time">Time spent training, without evaluation; in a resumed epoch, since it was resumed.</param>
public sealed record EpochReport(int Epoch, double Loss, ModelReport? Validation, int Examples, TimeSpan Time)
{
    /// <summary>
    /// Whether this is the best epoch so far, whose parameters will be kept; false if training does not keep the best
    /// (<see cref="TrainingOptions.KeepBest"/>).
    /// </summary>
    public bool IsBest { get; init; }

    /// <summary>What the last full batch of the epoch did to each layer; empty if the engine does not measure it.</summary>
    public IReadOnlyList<LayerUpdate> Layers { get; init; } = [];

    /// <summary>Examples per second of training.</summary>
    public double ExamplesPerSecond => Examples / Time.TotalSeconds;

    /// <summary>A metric on the validation data by its name, e.g. <c>accuracy</c>; null if it was not measured.</summary>
    public double? this[string metric] => Validation?.Metrics.FirstOrDefault(measured => measured.Name == metric)?.Value;

    /// <summary>
    /// The notebook's line, with loss and speed: <c>Epoch: 0, Accuracy: 0.9512, Loss: 0.3021, 45000 examples/s</c>. The best epoch so far
    /// is marked.
    /// </summary>
    public override string ToString()
    {
        string metrics = string.Concat(Validation?.Metrics.Select(metric => $", {metric}") ?? []);
        string best = IsBest ? ", best so far" : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"Epoch: {Epoch}{metrics}, Loss: {Loss:0.0000}, {ExamplesPerSecond:0} examples/s{best}");
    }
}
