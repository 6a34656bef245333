using System.Globalization;

namespace Nabla.Comparisons;

/// <summary>The ways to train a workload.</summary>
internal static class TrainingContenders
{
    /// <summary>Name of the comparison.</summary>
    public const string Comparison = "training";

    private const string TorchSharp = "TorchSharp";
    private const string Module = "nn.Module and optimizer";
    private const string InPlace = "steps by hand in place";
    private const string InPlaceTransposed = "steps by hand in place, inputs transposed";
    private const string Script = "TorchScript";
    private const string ScriptTransposed = "TorchScript, inputs transposed";

    private const int CheckedSteps = 3;
    private const double MeasuredSeconds = 0.05;

    private static readonly Dictionary<string, Func<Workload, Dataset, int, ITrainer>> Kinds = new()
    {
        [Contender.Nabla] = (workload, data, threads) => new NablaTrainer(workload, data, threads),
        [$"{TorchSharp}, {Module}"] = (workload, data, threads) => new TorchModuleTrainer(workload, data, threads),
        [$"{TorchSharp}, {InPlace}"] = (workload, data, threads) => new TorchInPlaceTrainer(workload, data, threads, false),
        [$"{TorchSharp}, {InPlaceTransposed}"] = (workload, data, threads) => new TorchInPlaceTrainer(workload, data, threads, true),
        [$"{TorchSharp}, {Script}"] = (workload, data, threads) => new TorchScriptTrainer(workload, data, threads, false),
        [$"{TorchSharp}, {ScriptTransposed}"] = (workload, data, threads) => new TorchScriptTrainer(workload, data, threads, true),
    };

    /// <summary>The contenders; Nabla is the first.</summary>
    /// <param name="isQuick">Whether only those that usually win.</param>
    public static IEnumerable<Contender> Choose(bool isQuick)
    {
        foreach (int threads in Contender.ThreadCounts)
            yield return new Contender(Contender.Nabla, "", threads);
        if (!Peers.Torch.IsLoaded)
            yield break;
        string[] variants = isQuick ? [Script] : [Module, InPlace, InPlaceTransposed, Script, ScriptTransposed];
        foreach (var contender in variants.SelectMany(variant => Contender.WithOpenMp(TorchSharp, variant)))
        {
            // One thread is no worse than several that sleep.
            if (!(isQuick && contender.Sleeps))
                yield return contender;
        }
        if (isQuick)
            yield return new Contender(TorchSharp, ScriptTransposed, Contender.ThreadCounts[^1]);
    }

    /// <summary>Starts the contenders for a workload.</summary>
    /// <param name="contenders">The contenders.</param>
    /// <param name="workload">What to train.</param>
    /// <param name="steps">Batches of an epoch.</param>
    public static ContenderGroup Start(IEnumerable<Contender> contenders, Workload workload, int steps) =>
        new(Comparison, contenders, workload.Name, steps.ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// Answers in a contender's process: a measurement is the time of an epoch, the result are the parameters after a few steps.
    /// </summary>
    /// <param name="name">The contender's name.</param>
    /// <param name="threads">Its number of threads.</param>
    /// <param name="task">What <see cref="Start"/> passes.</param>
    public static void Serve(string name, int threads, string[] task)
    {
        var workload = Workload.All.Single(workload => workload.Name == task[0]);
        int steps = int.Parse(task[1], CultureInfo.InvariantCulture);
        var data = WorkloadData.TrainingFor(workload);
        RepeatedAction? epoch = null;
        ContenderServer.Run(
            _ => (epoch ??= new RepeatedAction(Create(steps).Epoch, RepeatedAction.FirstWarmUp, MeasuredSeconds)).Measure(),
            () =>
            {
                using var trainer = Create(CheckedSteps);
                trainer.Epoch();
                return trainer.Parameters();
            });

        ITrainer Create(int steps) => Kinds[name](workload, data.Select([.. Enumerable.Range(0, steps * workload.Batch)]), threads);
    }
}
