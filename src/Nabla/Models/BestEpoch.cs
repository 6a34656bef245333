namespace Nabla;

/// <summary>The epoch whose parameters a training run keeps: the one with the lowest validation error so far.</summary>
/// <param name="Score">Which epoch, and its error. Immutable.</param>
/// <param name="Parameters">The parameters after that epoch, in the order of <see cref="Network.Parameters"/>.</param>
internal sealed record BestEpoch(BestScore Score, float[] Parameters)
{
    /// <summary>The best epoch after one more. The array of the one before is used again.</summary>
    /// <param name="best">The best one before; null if there is none.</param>
    /// <param name="epoch">The epoch that has ended.</param>
    /// <param name="error">Its validation error. One that is not finite is never the best.</param>
    /// <param name="network">Its parameters are copied if they are the best.</param>
    public static BestEpoch? Update(BestEpoch? best, int epoch, double error, Network network)
    {
        if (!double.IsFinite(error) || error > best?.Score.Error)
            return best;
        float[] parameters = best?.Parameters ?? new float[network.Parameters.Length];
        network.Parameters.CopyTo(parameters);
        int reached = best is not null && error == best.Score.Error ? best.Score.Reached : epoch;
        return new BestEpoch(new BestScore(epoch, reached, error), parameters);
    }
}

/// <summary>The lowest validation error so far. Immutable.</summary>
/// <param name="Epoch">The epoch with this error, counted from 0; of several, the last.</param>
/// <param name="Reached">The first epoch with this error: <see cref="TrainingOptions.Patience"/> is counted from here.</param>
/// <param name="Error">Finite; see <see cref="Model.ErrorOf"/>.</param>
internal sealed record BestScore(int Epoch, int Reached, double Error)
{
    /// <summary>Whether this many epochs in a row have brought no better score.</summary>
    /// <param name="patience">The number of epochs; null for no limit.</param>
    /// <param name="epochs">Epochs made so far.</param>
    public bool EndsTraining(int? patience, int epochs) => epochs - 1 - Reached >= patience;
}
