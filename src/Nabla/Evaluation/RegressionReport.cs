using System.Globalization;

namespace Nabla;

/// <summary>
/// How well a regressor does on data whose values are known. With several targets, each figure is the mean over targets of the figure of
/// each. Weights of examples count in the loss alone. Immutable.
/// </summary>
/// <param name="RootMeanSquaredError">Root of the mean squared error, in the units of the target; not a number without examples.</param>
/// <param name="MeanAbsoluteError">Mean absolute error, in the units of the target; not a number without examples.</param>
/// <param name="R2">
/// Coefficient of determination: 1 - (sum of squared errors) / (sum of squared deviations from the mean of these data). 1 is perfect, 0 as
/// good as the mean. If the values are all the same, 1 without any error, else 0; not a number with fewer than two examples.
/// </param>
/// <param name="Count">Examples.</param>
/// <param name="Loss">
/// Mean loss over the examples, of standardized targets and without weight decay; not a number without examples.
/// </param>
public sealed record RegressionReport(double RootMeanSquaredError, double MeanAbsoluteError, double R2, int Count, double Loss)
    : ModelReport(Count, Loss)
{
    private const string Digits = "G6";

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Metrics =>
    [
        new("rmse", "RMSE", RootMeanSquaredError, Digits), new("mae", "MAE", MeanAbsoluteError, Digits), new("r2", "R2", R2, "0.0###"),
    ];

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", Metrics)} ({Count} examples), Loss: {Loss:0.0000}");
}
