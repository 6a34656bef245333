namespace Nabla;

/// <summary>A number, or the reason why there is none.</summary>
/// <param name="Value">The number; NaN if there is none.</param>
/// <param name="WhyUndefined">Why there is none; null if there is one.</param>
internal readonly record struct Figure(double Value, string? WhyUndefined = null)
{
    /// <summary>No number, and why.</summary>
    public static Figure Undefined(string why) => new(double.NaN, why);

    /// <summary>The figure with its names.</summary>
    public Metric Named(string name, string title, string format = "0.0000") =>
        new(name, title, Value, format) { WhyUndefined = WhyUndefined };
}
