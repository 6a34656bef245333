using System.Globalization;

namespace Nabla.Comparisons;

/// <summary>The notebook's training loop, example by example in NumPy: runs notebook/per_example.py in a separate process.</summary>
internal static class NotebookLoop
{
    /// <summary>Number of examples to time.</summary>
    public const int Examples = 2000;

    /// <summary>Number of measurements.</summary>
    public const int Runs = 3;

    private static readonly string[] BufferOrder = ["w1", "w2", "b1", "b2"];

    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "notebook", "per_example.py");

    // The Python of the PATH; if it has no NumPy, that of the system.
    private static readonly string? Python = new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(HasNumPy);

    /// <summary>The contender's name; null if no Python with NumPy is installed.</summary>
    public static string? Title { get; } = Python is null
        ? null
        : $"NumPy {Ask(Python, "import numpy; print(numpy.__version__)").Trim()}, example by example";

    /// <summary>Times the loop on the first examples, and checks that it ends at the same parameters as Nabla.</summary>
    /// <returns>Seconds for all examples of the data, for each number of threads of NumPy's BLAS.</returns>
    public static IEnumerable<ContenderTimes> Measure(Workload workload, Dataset data, IEnumerable<int> threadCounts)
    {
        var part = data.Select([.. Enumerable.Range(0, Examples)]);
        string folder = Directory.CreateTempSubdirectory("nabla-notebook-").FullName;
        try
        {
            float[] expected = WriteTask(workload, part, Path.Combine(folder, "task.npz"));
            foreach (int threads in threadCounts)
            {
                double[] seconds = Run(folder, threads);
                Check(expected, Path.Combine(folder, "result.npz"));
                yield return new ContenderTimes(
                    new Contender(Title!, "", threads), [.. seconds.Select(value => value * data.Count / Examples)]);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Writes scaled inputs, one-hot targets and initial parameters; returns Nabla's parameters after one epoch.</summary>
    private static float[] WriteTask(Workload workload, Dataset part, string path)
    {
        var training = new Training<Classifier>(part, workload.Options);
        var (network, topology) = (training.Model.Network, training.Model.Network.Topology);
        float[] parameters = topology.ByNeuron(network.Parameters);
        var x = new float[part.Count * part.Inputs.Columns];
        training.Model.Preprocessing.Apply(part.Inputs, Enumerable.Range(0, part.Count).ToArray(), x);
        int classes = part.Classes.Names.Count;
        var y = new float[part.Count * classes];
        for (int i = 0; i < part.Count; i++)
            y[(i * classes) + part.Classes.Labels[i]] = 1;
        NpzWriter.Write(path,
        [
            ("x", NumericArray.Create<float>(x, part.Count, part.Inputs.Columns)),
            ("y", NumericArray.Create<float>(y, part.Count, classes)),
            .. Enumerable.Range(0, topology.LayerCount).SelectMany<int, (string, NumericArray)>(layer =>
            [
                (
                    $"w{layer + 1}",
                    NumericArray.Create<float>(topology.Weights(parameters, layer), topology.Outputs(layer), topology.Inputs(layer))),
                ($"b{layer + 1}", NumericArray.Create<float>(network.Biases(layer), topology.Outputs(layer), 1)),
            ]),
            ("batch", NumericArray.Create<int>([workload.Batch])),
            ("rate", NumericArray.Create<float>([workload.Options.Optimizer.LearningRate])),
        ]);
        using var epochs = training.Epochs().GetEnumerator();
        epochs.MoveNext();
        return topology.ByNeuron(network.Parameters);
    }

    private static double[] Run(string folder, int threads)
    {
        var start = Child.StartInfo(
            Python!, Script, Path.Combine(folder, "task.npz"), Path.Combine(folder, "result.npz"),
            Runs.ToString(CultureInfo.InvariantCulture));
        start.Environment["OPENBLAS_NUM_THREADS"] = start.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        var (code, output, error) = Child.Run(start);
        if (code != 0)
            throw new InvalidOperationException($"{Script} failed: {error}");
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
    }

    /// <summary>Throws if the parameters differ.</summary>
    private static void Check(float[] expected, string path)
    {
        using var result = NpzReader.Open(path);
        var theirs = BufferOrder.SelectMany(name => result.Read(name).ToSingles());
        double difference = expected.Zip(theirs, (a, b) => Math.Abs(a - b)).Average();
        if (!(difference < 1e-5))
            throw new InvalidOperationException($"The parameters of {Script} differ from Nabla's by {difference} on average.");
    }

    private static bool HasNumPy(string python) =>
        (File.Exists(python) || Child.Find(python) is not null) && Child.Run(Child.StartInfo(python, "-c", "import numpy")).Code == 0;

    private static string Ask(string python, string program) => Child.Run(Child.StartInfo(python, "-c", program)).Out;
}
