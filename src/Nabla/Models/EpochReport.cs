using System.Globalization;

namespace Nabla;

/// <summary>One finished epoch of a classifier's training.</summary>
/// <param name="Epoch">Counted from 0.</param>
/// <param name="Loss">Mean training loss over the epoch, each example's taken before the step that its batch caused.</param>
/// <param name="Accuracy">On the validation data, from 0 to 1; null if there are none.</param>
/// <param name="Examples">Examples learned from.</param>
/// <param name="Time">Time spent training, without evaluation; in a resumed epoch only since it was resumed.</param>
public sealed record EpochReport(int Epoch, double Loss, double? Accuracy, int Examples, TimeSpan Time)
{
    /// <summary>Examples learned from in a second.</summary>
    public double ExamplesPerSecond => Examples / Time.TotalSeconds;

    /// <summary>The notebook's line, and a little more: <c>Epoch: 0, Accuracy: 0.9512, Loss: 0.3021, 45000 examples/s</c>.</summary>
    public override string ToString()
    {
        string accuracy = Accuracy is { } value ? string.Create(CultureInfo.InvariantCulture, $", Accuracy: {value:0.0###}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"Epoch: {Epoch}{accuracy}, Loss: {Loss:0.0000}, {ExamplesPerSecond:0} examples/s");
    }
}
