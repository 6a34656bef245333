using System.Globalization;

namespace Nabla.Comparisons;

/// <summary>The notebook's training loop, example by example in NumPy: runs notebook/per_example.py in a separate process.</summary>
internal static class NotebookLoop
{
    /// <summary>Number of examples to time.</summary>
    public const int Examples = 2000;

    /// <summary>Number of measurements.</summary>
    public const int Runs = 3;

    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(10);

    private static readonly string[] BufferOrder = ["w1", "w2", "b1", "b2"];

    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "notebook", "per_example.py");

    // The Python of the PATH; if it has no NumPy, that of the system.
    private static readonly (string Python, string NumPy)? Found =
        new[] { "python3", "/usr/bin/python3" }.Select(Find).FirstOrDefault(found => found is not null);

    /// <summary>The contender's name, with the BLAS that NumPy uses; null if no Python with NumPy is installed.</summary>
    public static string? Title => Found is var (_, numPy) ? $"{numPy}, example by example" : null;

    /// <summary>Times the loop on the first examples, and checks that it ends at the same parameters as Nabla.</summary>
    /// <param name="failures">Receives a line if the loop fails.</param>
    /// <param name="workload">What is trained.</param>
    /// <param name="data">Its data.</param>
    /// <returns>Seconds for all examples of the data, for each number of threads of NumPy's BLAS.</returns>
    public static IEnumerable<ContenderTimes> Measure(List<string> failures, Workload workload, Dataset data)
    {
        var part = data.Select([.. Enumerable.Range(0, Examples)]);
        string folder = Directory.CreateTempSubdirectory("nabla-notebook-").FullName;
        List<ContenderTimes> times = [];
        try
        {
            var (agreement, expected) = WriteTask(workload, part, Path.Combine(folder, "task.npz"));
            foreach (int threads in Contender.ThreadCounts)
            {
                double[] seconds = Run(folder, threads);
                using var result = NpzReader.Open(Path.Combine(folder, "result.npz"));
                agreement.Require(expected, [.. BufferOrder.SelectMany(name => result.Read(name).ToFloats())]);
                times.Add(new(new(Title!, "", threads), [.. seconds.Select(value => value * data.Count / Examples)]));
            }
        }
        catch (InvalidOperationException exception)
        {
            failures.Add($"{workload.Name}: {Title} failed: {exception.Message}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        return times;
    }

    /// <summary>Writes scaled inputs, one-hot targets and initial parameters.</summary>
    /// <returns>How to compare parameters, and Nabla's after one epoch.</returns>
    private static (Agreement, float[]) WriteTask(Workload workload, Dataset part, string path)
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
        var agreement = Agreement.OnTraining(network, TrainingContenders.Tolerance);
        using var epochs = training.Epochs().GetEnumerator();
        epochs.MoveNext();
        return (agreement, topology.ByNeuron(network.Parameters));
    }

    private static double[] Run(string folder, int threads)
    {
        var start = Child.StartInfo(
            Found!.Value.Python, Script, Path.Combine(folder, "task.npz"), Path.Combine(folder, "result.npz"),
            Runs.ToString(CultureInfo.InvariantCulture));
        LibrarySettings.SetOpenBlas(start);
        LibrarySettings.SetThreads(start, threads, sleep: false);
        var (code, output, error) = Child.Run(start, TimeLimit);
        if (code != 0)
            throw new InvalidOperationException($"exit code {code}: {error.Trim().Split('\n')[^1]}");
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
    }

    /// <summary>A Python and its NumPy; null if it is not installed or has none.</summary>
    private static (string Python, string NumPy)? Find(string python)
    {
        if (!File.Exists(python) && Child.Find(python) is null)
            return null;
        var (code, output, _) = Child.Run(Child.StartInfo(python, Script), TimeLimit);
        return code == 0 ? (python, output.Trim()) : null;
    }
}
