namespace Nabla;

/// <summary>What the training loop drives: something that learns from one batch after another. Serves one thread at a time.</summary>
public interface ITrainingEngine
{
    /// <summary>Learns from one batch of the training data: one step of the optimizer.</summary>
    /// <param name="rows">Which examples make up the batch, in order; at least one.</param>
    /// <param name="context">The learning rate of this step.</param>
    /// <returns>The sum of the examples' losses before the step, without weight decay.</returns>
    double Step(ReadOnlySpan<int> rows, in StepContext context);

    /// <summary>Brings the network's parameters up to date, for engines that keep their own; called before anyone reads them.</summary>
    void Publish();
}
