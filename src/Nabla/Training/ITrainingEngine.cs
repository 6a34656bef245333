namespace Nabla;

/// <summary>What the training loop drives: something that learns from one batch after another.</summary>
public interface ITrainingEngine
{
    /// <summary>Learns from one batch: one step of the optimizer.</summary>
    /// <param name="data">The training data, inputs as they came.</param>
    /// <param name="rows">Which examples make up the batch, in order; at least one.</param>
    /// <returns>The sum of the examples' losses before the step, without L2.</returns>
    double Step(Dataset data, ReadOnlySpan<int> rows);

    /// <summary>Brings the network's parameters up to date, for engines that keep their own; called before anyone reads them.</summary>
    void Publish();
}
