namespace Nabla.Reference.Tests;

/// <summary>One of NumPy's training runs of the notebook: settings, parameters at several steps, gradients.</summary>
internal sealed class NotebookRun : IDisposable
{
    private readonly NpzReader file;

    public NotebookRun(string path)
    {
        file = NpzReader.Open(path);
        bool asPrinted = path.Contains("as-printed", StringComparison.Ordinal);
        Activation = asPrinted ? ReferenceActivation.SigmoidAsPrinted : ReferenceActivation.Sigmoid;
        int hidden = Read("b1").Length, outputs = Read("b2").Length;
        Sizes = [Read("w1").Length / hidden, hidden, outputs];
    }

    public ReferenceActivation Activation { get; }

    public int[] Sizes { get; }

    public double Eta => Read("eta")[0];

    public double L2 => Read("l2")[0];

    public int Batch => (int)Read("batch")[0];

    public double[] Read(string name) => file.Read(name).ToDoubles();

    /// <summary>Every parameter, or its gradient ("g_"), or its later value ("step1_"), in the order of ReferenceParameters.</summary>
    public double[] Parameters(string prefix) =>
        [.. Read(prefix + "w1"), .. Read(prefix + "w2"), .. Read(prefix + "b1"), .. Read(prefix + "b2")];

    public ReferenceNetwork InitialNetwork()
    {
        var network = new ReferenceNetwork(Sizes, Activation, new QuadraticCost(Activation));
        network.Parameters.CopyFrom(Parameters(""));
        return network;
    }

    public ReferenceTrainer Trainer(ReferenceNetwork network) => new(network, new ReferenceSgd(Eta), L2);

    public void Dispose() => file.Dispose();
}
