using System.Globalization;

namespace Nabla.Comparisons;

/// <summary>The notebook's own way to train, example by example in NumPy: notebook/per_example.py in a process of its own.</summary>
internal static class NotebookLoop
{
    /// <summary>How many examples are timed.</summary>
    public const int Examples = 2000;

    /// <summary>How often.</summary>
    public const int Runs = 3;

    private static readonly string[] BufferOrder = ["w1", "w2", "b1", "b2"];

    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "notebook", "per_example.py");

    // Python of the path first; where that one has no NumPy, the system's.
    private static readonly string? Python = new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(HasNumPy);

    /// <summary>What the column of variants calls it; null where there is no Python with NumPy.</summary>
    public static string? Title { get; } = Python is null ? null : $"NumPy {Ask(Python, "import numpy; print(numpy.__version__)").Trim()}, example by example";

    /// <summary>Times it on the first examples, after checking that it learns what Nabla learns from them.</summary>
    /// <returns>Seconds for all examples of the data, at the numbers of threads that NumPy's BLAS may use.</returns>
    public static IEnumerable<TrainingTime> Measure(Workload workload, Dataset data, IEnumerable<int> threadCounts)
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
                yield return new TrainingTime(Title!, threads, Alternating.Median(seconds) * data.Count / Examples);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Writes scaled inputs, one-hot targets and initial parameters; returns what Nabla makes of them in one epoch.</summary>
    private static float[] WriteTask(Workload workload, Dataset part, string path)
    {
        var training = new ClassifierTraining(part, workload.Options);
        var (network, topology) = (training.Model.Network, training.Model.Network.Topology);
        float[] parameters = topology.ByNeuron(network.Parameters);
        var x = new float[part.Count * part.Inputs.Columns];
        training.Model.Preprocessing.Apply(part.Inputs, Enumerable.Range(0, part.Count).ToArray(), x);
        var y = new float[part.Count * part.ClassNames.Count];
        for (int i = 0; i < part.Count; i++)
            y[(i * part.ClassNames.Count) + part.Labels[i]] = 1;
        NpzWriter.Write(path,
        [
            ("x", NumericArray.Create<float>(x, part.Count, part.Inputs.Columns)),
            ("y", NumericArray.Create<float>(y, part.Count, part.ClassNames.Count)),
            .. Enumerable.Range(0, topology.LayerCount).SelectMany<int, (string, NumericArray)>(layer =>
            [
                ($"w{layer + 1}", NumericArray.Create<float>(topology.Weights(parameters, layer), topology.Outputs(layer), topology.Inputs(layer))),
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
        var start = Child.Of(Python!, Script, Path.Combine(folder, "task.npz"), Path.Combine(folder, "result.npz"), Runs.ToString(CultureInfo.InvariantCulture));
        start.Environment["OPENBLAS_NUM_THREADS"] = start.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        var (code, output, error) = Child.Run(start);
        if (code != 0)
            throw new InvalidOperationException($"{Script} failed: {error}");
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
    }

    /// <summary>A peer that learns something else is no peer.</summary>
    private static void Check(float[] expected, string path)
    {
        using var result = NpzReader.Open(path);
        var theirs = BufferOrder.SelectMany(name => result.Read(name).ToSingles());
        double difference = expected.Zip(theirs, (a, b) => Math.Abs(a - b)).Average();
        if (!(difference < 1e-5))
            throw new InvalidOperationException($"{Script} ends {difference} from Nabla's parameters in the mean.");
    }

    private static bool HasNumPy(string python) =>
        (File.Exists(python) || Child.Find(python) is not null) && Child.Run(Child.Of(python, "-c", "import numpy")).Code == 0;

    private static string Ask(string python, string program) => Child.Run(Child.Of(python, "-c", program)).Out;
}
