using System.Globalization;

namespace Nabla.Comparisons;

/// <summary>The ways to train a workload.</summary>
internal static class TrainingContenders
{
    /// <summary>Name of the comparison.</summary>
    public const string Comparison = "training";

    /// <summary>The largest difference of trained parameters, relative to what training changed.</summary>
    public const double Tolerance = 1e-3;

    private const string TorchSharp = "TorchSharp";
    private const string Module = "nn.Module and optimizer";
    private const string InPlace = "steps by hand in place";
    private const string InPlaceTransposed = "steps by hand in place, inputs transposed";
    private const string Script = "TorchScript";
    private const string ScriptTransposed = "TorchScript, inputs transposed";
    private const string Fused = "TorchScript, fused Adam";
    private const string FusedTransposed = "TorchScript, fused Adam, inputs transposed";

    private const int CheckedSteps = 3;
    private const double MeasuredSeconds = 0.05;

    private static readonly Dictionary<string, Func<Workload, Dataset, ITrainer>> TorchKinds = new()
    {
        [Module] = (workload, data) => new TorchModuleTrainer(workload, data),
        [InPlace] = (workload, data) => new TorchInPlaceTrainer(workload, data, transposed: false),
        [InPlaceTransposed] = (workload, data) => new TorchInPlaceTrainer(workload, data, transposed: true),
        [Script] = (workload, data) => new TorchScriptTrainer(workload, data, transposed: false, fused: false),
        [ScriptTransposed] = (workload, data) => new TorchScriptTrainer(workload, data, transposed: true, fused: false),
        [Fused] = (workload, data) => new TorchScriptTrainer(workload, data, transposed: false, fused: true),
        [FusedTransposed] = (workload, data) => new TorchScriptTrainer(workload, data, transposed: true, fused: true),
    };

    /// <summary>The contenders; Nabla is the first.</summary>
    /// <param name="workload">What they train.</param>
    /// <param name="isQuick">Whether only those that usually win.</param>
    public static IEnumerable<Contender> Choose(Workload workload, bool isQuick)
    {
        bool isAdam = workload.Options.Optimizer is AdamOptions;
        var peers = TorchKinds.Keys.Where(variant => isAdam || variant is not (Fused or FusedTransposed))
            .SelectMany(variant => Contender.Peer(TorchSharp, variant));
        return Contender.Ours.Concat(peers.Where(peer => Peers.Torch.IsLoaded && (!isQuick || UsuallyWins(peer, workload))));
    }

    /// <summary>Starts the contenders for a workload.</summary>
    /// <param name="scope">How much is measured.</param>
    /// <param name="workload">What to train.</param>
    /// <param name="steps">Batches of an epoch.</param>
    public static ContenderGroup Start(Scope scope, Workload workload, int steps) =>
        new(
            scope.Failures, Comparison, Choose(workload, scope.IsQuick), workload.Name, steps.ToString(CultureInfo.InvariantCulture));

    /// <summary>How the parameters after the checked steps are compared.</summary>
    public static Agreement AgreementOn(Workload workload) =>
        Agreement.OnTraining(new Training<Classifier>(Data(workload, CheckedSteps), workload.Options).Model.Network, Tolerance);

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
        RepeatedAction? epoch = null;
        ContenderServer.Run(
            _ => (epoch ??= new RepeatedAction(Create(steps).Epoch, RepeatedAction.FirstWarmUp, MeasuredSeconds)).Measure(),
            _ =>
            {
                using var trainer = Create(CheckedSteps);
                trainer.Epoch();
                return trainer.Parameters();
            });

        ITrainer Create(int steps)
        {
            var data = Data(workload, steps);
            if (name == Contender.Nabla)
                return new NablaTrainer(workload, data, threads);
            Peers.RequireTorchThreads(threads);
            return TorchKinds[name[$"{TorchSharp}, ".Length..]](workload, data);
        }
    }

    // Those that came near the best in the comparison of all of them. One thread is enough for small networks only.
    private static bool UsuallyWins(Contender peer, Workload workload)
    {
        bool isAdam = workload.Options.Optimizer is AdamOptions, isMany = peer.Threads > 1 && !peer.Sleeps;
        return peer.Variant switch
        {
            InPlaceTransposed => isMany && workload.IsLarge,
            Script => !isAdam && (isMany || (peer.Threads == 1 && !workload.IsLarge)),
            ScriptTransposed => !isAdam && isMany,
            Fused => isAdam && !peer.Sleeps,
            FusedTransposed => isAdam && isMany,
            _ => false,
        };
    }

    private static Dataset Data(Workload workload, int steps) =>
        WorkloadData.TrainingFor(workload).Select([.. Enumerable.Range(0, steps * workload.Batch)]);
}
