using System.Globalization;

namespace Nabla;

/// <summary>One figure of how well a model does, by name. Immutable.</summary>
/// <param name="Name">Name as in files and JSON, e.g. <c>accuracy</c>.</param>
/// <param name="Title">Name as it is printed, e.g. <c>Accuracy</c>.</param>
/// <param name="Value">The figure; not finite if it is undefined.</param>
/// <param name="Format">How it is printed, e.g. <c>0.0###</c>.</param>
public sealed record Metric(string Name, string Title, double Value, string Format)
{
    /// <summary>Why there is no figure, e.g. <c>there are no examples</c>; null if there is one.</summary>
    public string? WhyUndefined { get; init; }

    /// <summary>The value as it is printed; <c>undefined</c> if there is none.</summary>
    public string ValueText => WhyUndefined is null ? Value.ToString(Format, CultureInfo.InvariantCulture) : "undefined";

    /// <summary>The figure as it is printed: <c>Accuracy: 0.9512</c>, or <c>R2: undefined (it needs at least two examples)</c>.</summary>
    public override string ToString() => WhyUndefined is null ? $"{Title}: {ValueText}" : $"{Title}: {ValueText} ({WhyUndefined})";
}
