namespace Nabla.Reference;

/// <summary>The parameter of cross-entropy that spreads a share s of each label evenly.</summary>
internal static class LabelSmoothing
{
    private const string Name = "label-smoothing";

    public static IReadOnlyList<ReferenceKindParameter> Parameters { get; } =
        [new(Name, "s, the share of a label that is spread evenly, from 0 to below 1", 0.0)];

    /// <summary>s, from the values of a kind.</summary>
    public static double Of(IReadOnlyDictionary<string, double> values) => values[Name];

    /// <exception cref="ArgumentOutOfRangeException">s is not from 0 to below 1.</exception>
    public static double Require(double s) => s is >= 0.0 and < 1.0
        ? s
        : throw new ArgumentOutOfRangeException(nameof(s), s, "Label smoothing is from 0 to below 1.");
}
