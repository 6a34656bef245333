namespace Nabla.Comparisons;

/// <summary>Nabla through its public API: from bytes, including scaling, gathering and the loss.</summary>
internal sealed class NablaTrainer : ITrainer
{
    private readonly Training<Classifier> training;
    private readonly IEnumerator<EpochReport> epochs;

    public NablaTrainer(Workload workload, Dataset data, int threads)
    {
        training = new Training<Classifier>(data, workload.Options with { Threads = threads });
        epochs = training.Epochs().GetEnumerator();
    }

    public void Epoch() => epochs.MoveNext();

    public float[] Parameters() => training.Model.Network.Topology.ByNeuron(training.Model.Network.Parameters);

    public void Dispose() => epochs.Dispose();
}
