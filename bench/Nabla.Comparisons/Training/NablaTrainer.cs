namespace Nabla.Comparisons;

/// <summary>Nabla through its public interface: from bytes, with scaling, gathering and the loss.</summary>
internal sealed class NablaTrainer : ITrainer
{
    /// <summary>What it is called among the contenders.</summary>
    public const string Title = "Nabla";

    private readonly ClassifierTraining training;
    private readonly IEnumerator<EpochReport> epochs;

    public NablaTrainer(Workload workload, Dataset data, int threads)
    {
        Threads = threads;
        training = new ClassifierTraining(data, workload.Options with { Threads = threads });
        epochs = training.Epochs().GetEnumerator();
    }

    public string Name => Title;

    public int Threads { get; }

    public void Epoch() => epochs.MoveNext();

    public float[] Parameters() => training.Model.Network.Topology.ByNeuron(training.Model.Network.Parameters);

    public void Dispose() => epochs.Dispose();
}
