using Nabla.Kernels;
using Nabla.Tables;

namespace Nabla.Studio;

/// <summary>What the studio shows, and where it listens. Immutable.</summary>
public sealed record StudioOptions
{
    /// <summary>The port to listen to, up to 65535; 0 for any that is free.</summary>
    public int Port { get; init; }

    /// <summary>
    /// The model that reads drawings: a classifier of grey images, with inputs in bytes. With another one, the page for drawing says why it
    /// cannot be used. Null to train one when the studio starts: on MNIST if it is on this machine, otherwise on the built-in digits.
    /// </summary>
    public Model? Model { get; init; }

    /// <summary>What the pages call the model.</summary>
    public string ModelName { get; init; } = "The model of this program";

    /// <summary>
    /// Data to train on, in addition to the built-in ones. If there is a model, these are also the data for its steps, its mistakes and its
    /// corrections. Null for none.
    /// </summary>
    public Dataset? Data { get; init; }

    /// <summary>The held-out data for <see cref="Data"/>; null to hold out a fifth of them, as the seed of a run decides.</summary>
    public Dataset? TestData { get; init; }

    /// <summary>How <see cref="Data"/> were made from a table, so that the pages can name its columns; null if they are no table.</summary>
    public TableEncoding? Encoding { get; init; }

    /// <summary>
    /// The most threads to use for training; 0 for one per processor, but one fewer on a machine with more than two, because the pages
    /// need a processor, too. Changes the time, never the result.
    /// </summary>
    public int Threads { get; init; }

    /// <summary>Where MNIST may be. It is not downloaded.</summary>
    public MnistOptions Mnist { get; init; } = MnistOptions.ForProcess();

    /// <summary>Called with lines for people, from several threads: what is being trained at the start, and what went wrong.</summary>
    public Action<string> Inform { get; init; } = _ => { };

    /// <summary>Data that are loaded for each run as its options need them; null for <see cref="Data"/>.</summary>
    internal GivenData? Source { get; init; }

    /// <summary>The data to train on in addition to the built-in ones; null for none.</summary>
    internal GivenData? Given => Source ?? (Data is null ? null : GivenData.From(Data, TestData, Encoding));

    /// <summary>The given data, divided as the training run of the model did; null if that is not known.</summary>
    internal StudioData? ModelData { get; init; }

    /// <summary>The threads that train.</summary>
    internal int TrainingThreads => Threads == 0 ? ThreadsBesidePages(MachineReport.Threads) : Threads;

    /// <summary>The default number of threads for training on a machine that suits so many.</summary>
    internal static int ThreadsBesidePages(int threads) => threads > 2 ? threads - 1 : threads;

    /// <summary>Checks what can be checked before the studio starts.</summary>
    /// <exception cref="InvalidOptionException">A number is out of range, or there are held-out data alone.</exception>
    internal void Validate()
    {
        if (Port is < 0 or > ushort.MaxValue)
        {
            throw new InvalidOptionException(
                $"The port is {Port}", $"Use 0 (any that is free) to {ushort.MaxValue}.", nameof(Port));
        }
        new TrainingOptions { Threads = Threads }.Validate();
        if (TestData is not null && Data is null)
            throw new InvalidOptionException("There are test data, and no data to train on", "Set Data as well.", nameof(TestData));
    }
}
