namespace Nabla.Comparisons;

/// <summary>One implementation of a workload's training run.</summary>
internal interface ITrainer : IDisposable
{
    /// <summary>Trains one epoch.</summary>
    void Epoch();

    /// <summary>All parameters, in the order of Nabla's buffer.</summary>
    float[] Parameters();
}
