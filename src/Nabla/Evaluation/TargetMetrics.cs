using System.Globalization;

namespace Nabla;

/// <summary>How well a regressor predicts one target. All but <see cref="R2"/> have the units of the target. Immutable.</summary>
/// <param name="Name">Name of the target.</param>
/// <param name="RootMeanSquaredError">Root of the mean squared error.</param>
/// <param name="MeanAbsoluteError">Mean absolute error.</param>
/// <param name="R2">Coefficient of determination; not a number with fewer than two examples.</param>
/// <param name="MedianAbsoluteError">Median of the absolute errors.</param>
/// <param name="AbsoluteErrorQuantile90">The absolute error that 90 % of the errors do not exceed, interpolated linearly.</param>
/// <remarks>Figures are not finite if there are no examples or a prediction is not finite.</remarks>
public sealed record TargetMetrics(
    string Name, double RootMeanSquaredError, double MeanAbsoluteError, double R2, double MedianAbsoluteError,
    double AbsoluteErrorQuantile90)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}: RMSE {RootMeanSquaredError:G6}, MAE {MeanAbsoluteError:G6}, R2 {R2:0.0###}");
}
