using System.Globalization;

namespace Nabla;

/// <summary>One figure of how well a model does, by name. Immutable.</summary>
/// <param name="Name">Name as in files and JSON, e.g. <c>accuracy</c>.</param>
/// <param name="Title">Name as it is printed, e.g. <c>Accuracy</c>.</param>
/// <param name="Value">The figure; not a number without examples.</param>
/// <param name="Format">How it is printed, e.g. <c>0.0###</c>.</param>
public sealed record Metric(string Name, string Title, double Value, string Format)
{
    /// <summary>The value as it is printed.</summary>
    public string ValueText => Value.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>The figure as it is printed: <c>Accuracy: 0.9512</c>.</summary>
    public override string ToString() => $"{Title}: {ValueText}";
}
