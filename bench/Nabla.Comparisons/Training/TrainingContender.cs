using System.Globalization;

namespace Nabla.Comparisons;

/// <summary>One way to train a workload, with a number of threads.</summary>
/// <param name="Name">Its name in the results.</param>
/// <param name="Threads">The number of threads.</param>
/// <param name="Environment">Further environment variables.</param>
internal sealed record TrainingContender(string Name, int Threads, params (string Name, string Value)[] Environment)
{
    /// <summary>By default, OpenMP's threads, which are libtorch's, spin for a while when they wait. Here they spin without an end.</summary>
    private static readonly (string Name, string Value)[] Spinning = [("OMP_WAIT_POLICY", "active")];

    private static readonly Dictionary<string, Func<Workload, Dataset, int, ITrainer>> Kinds = new()
    {
        [NablaTrainer.Title] = (workload, data, threads) => new NablaTrainer(workload, data, threads),
        ["TorchSharp, nn.Module and optimizer"] = (workload, data, threads) => new TorchModuleTrainer(workload, data, threads),
        ["TorchSharp, steps by hand in place"] = (workload, data, threads) => new TorchInPlaceTrainer(workload, data, threads),
        ["TorchSharp, TorchScript"] = (workload, data, threads) => new TorchScriptTrainer(workload, data, threads),
    };

    /// <summary>All contenders: each kind with each number of threads; with several threads, TorchSharp also with spinning ones.</summary>
    public static IEnumerable<TrainingContender> All(IReadOnlyList<int> threadCounts)
    {
        foreach (string kind in Kinds.Keys)
        {
            foreach (int threads in threadCounts)
            {
                yield return new(kind, threads);
                if (threads > 1 && kind != NablaTrainer.Title)
                    yield return new(kind, threads, Spinning);
            }
        }
    }

    /// <summary>The name with what is unusual.</summary>
    public string Title => Environment.Length > 0 ? $"{Name}, threads spin" : Name;

    /// <summary>Starts it in a process of its own.</summary>
    /// <param name="workload">What to train.</param>
    /// <param name="steps">Batches of an epoch.</param>
    public ContenderProcess Start(Workload workload, int steps) => new(
        Environment, "training", workload.Name, steps.ToString(CultureInfo.InvariantCulture), Name,
        Threads.ToString(CultureInfo.InvariantCulture));

    /// <summary>Answers in such a process.</summary>
    /// <param name="arguments">What <see cref="Start"/> passes, without the first word.</param>
    /// <param name="data">The data of all workloads.</param>
    public static void Serve(string[] arguments, Dataset data)
    {
        var workload = Workload.All.Single(workload => workload.Name == arguments[0]);
        int steps = int.Parse(arguments[1], CultureInfo.InvariantCulture), threads = int.Parse(arguments[3], CultureInfo.InvariantCulture);
        var part = data.Select([.. Enumerable.Range(0, steps * workload.Batch)]);
        using var trainer = Kinds[arguments[2]](workload, part, threads);
        ContenderServer.Run(_ => Alternating.Timed(trainer.Epoch)(), trainer.Parameters);
    }
}
