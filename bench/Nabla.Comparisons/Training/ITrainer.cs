namespace Nabla.Comparisons;

/// <summary>One implementation of a workload's training run, at one number of threads.</summary>
internal interface ITrainer : IDisposable
{
    int Threads { get; }

    /// <summary>Trains one epoch.</summary>
    void Epoch();

    /// <summary>All parameters, in the order of Nabla's buffer.</summary>
    float[] Parameters();
}
