namespace Nabla;

/// <summary>Computes the steps of a training run. Not safe for concurrent use.</summary>
public interface ITrainingEngine
{
    /// <summary>Trains on one batch: one step of the optimizer.</summary>
    /// <param name="rows">Row numbers of the batch's examples in the training data, in order; at least one.</param>
    /// <param name="context">The learning rate and the epoch of this step.</param>
    /// <returns>The sum of the examples' losses before the step, without weight decay.</returns>
    double Step(ReadOnlySpan<int> rows, in StepContext context);

    /// <summary>Copies the parameters to the network, if the engine keeps its own. Called before the network is read.</summary>
    void Publish();
}
