namespace Nabla;

/// <summary>A member of an ensemble that has been trained. Immutable.</summary>
/// <param name="Member">Counted from 0; also the number of its fold.</param>
/// <param name="Model">The member, with the parameters of its best epoch.</param>
/// <param name="Fold">The results on its fold: the examples from which it did not learn.</param>
/// <param name="Epochs">Number of epochs that were trained.</param>
/// <param name="BestEpoch">The epoch that was best on the fold, counted from 0; null if no epoch had a finite error.</param>
/// <param name="Time">Time spent training, without evaluation.</param>
public sealed record MemberReport(int Member, Model Model, ModelReport Fold, int Epochs, int? BestEpoch, TimeSpan Time)
{
    /// <summary>One line, similar to that of an epoch: <c>Member: 0, Accuracy: 0.9512, best epoch 7</c>.</summary>
    public override string ToString()
    {
        string metrics = string.Concat(Fold.Metrics.Select(metric => $", {metric}"));
        string best = BestEpoch is { } epoch ? $", best epoch {epoch}" : "";
        return $"Member: {Member}{metrics}{best}";
    }
}
