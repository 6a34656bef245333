namespace Nabla.Comparisons;

/// <summary>One program that does a workload's training, at one number of threads.</summary>
internal interface ITrainer : IDisposable
{
    string Name { get; }

    int Threads { get; }

    /// <summary>Trains on each batch once.</summary>
    void Epoch();

    /// <summary>All parameters, in the order of Nabla's buffer.</summary>
    float[] Parameters();
}
