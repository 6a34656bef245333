using Nabla.Kernels;

namespace Nabla;

/// <summary>
/// Trains an ensemble by folds: the data are divided into as many folds as there are members. Each member learns from all folds but its
/// own, and has the parameters of the epoch that was best on its own fold. The predictions of the members are averaged.
/// </summary>
/// <remarks>
/// <para>
/// Each example is predicted by the one member that did not learn from it, so that all data serve for learning and for an estimate of the
/// error on new data (<see cref="MeasureOutOfFold"/>). The ensemble is usually somewhat better than the estimate for single members; the
/// choice of the best epoch makes the estimate somewhat too good.
/// </para>
/// <para>
/// The bits of each member depend on the data, the options and the member's number alone. If there are at least as many members as
/// <see cref="TrainingOptions.Threads"/>, members are trained at the same time, each by one thread; otherwise one after another,
/// each by all threads.
/// </para>
/// <para>Serves one thread at a time. Callbacks are called one at a time, but by different threads.</para>
/// </remarks>
public sealed class EnsembleTraining
{
    private readonly Dataset data;
    private readonly ModelTask task;
    private readonly Func<TrainingStart, Dataset, ITrainingEngine>? createEngine;
    private readonly MemberReport?[] done; // [members]
    private readonly IReadOnlyList<int[]> folds; // [members], the rows of each
    private readonly IMemberStore? store;
    private readonly ExclusiveUse use = new("training run");

    /// <summary>Prepares a training run, and divides the data.</summary>
    /// <param name="data">Training data: at least as many examples as members. Their targets decide the type of the model.</param>
    /// <param name="options">
    /// How to train each member. The best epoch is kept, even without <see cref="TrainingOptions.KeepBest"/>. The seeds of the members and
    /// the folds follow from the seed.
    /// </param>
    /// <param name="members">Number of members and of folds, at least 2.</param>
    /// <param name="createEngine">
    /// Creates an engine for the network and its training data, on any thread; null for the vectorized engine.
    /// </param>
    /// <param name="store">Keeps members while others are trained; null to keep them in memory alone.</param>
    /// <exception cref="ArgumentException">The options contradict each other, or there are fewer examples than members.</exception>
    public EnsembleTraining(
        Dataset data, TrainingOptions options, int members, Func<TrainingStart, Dataset, ITrainingEngine>? createEngine = null,
        IMemberStore? store = null)
    {
        options.Validate();
        if (members < 2)
            throw new InvalidOptionException($"The number of members is {members}", "Use at least 2 members.");
        this.data = data;
        this.createEngine = createEngine;
        this.store = store;
        task = ModelTask.For(data.Targets);
        Options = options.ResolveFor(task.TakesClasses) with { KeepBest = true };
        folds = DatasetSplit.Folds(data, members, options.Seed);
        Folds = [.. folds.Select(Array.AsReadOnly)];
        Topology = Options.Topology(data.Inputs.Columns, data.Targets.Width);
        done = new MemberReport?[members];
    }

    /// <summary>The options of the ensemble.</summary>
    public TrainingOptions Options { get; }

    /// <summary>The layers of each member.</summary>
    public Topology Topology { get; }

    /// <summary>The numbers of the examples in each fold, in ascending order; member i does not learn from fold i.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Folds { get; }

    /// <summary>The members that have been trained, in the order of their numbers.</summary>
    public IReadOnlyList<MemberReport> Members => [.. done.OfType<MemberReport>()];

    /// <summary>Whether all members have been trained.</summary>
    public bool IsComplete => Members.Count == done.Length;

    /// <summary>The ensemble of the members that have been trained. A new object, without notes, at each call.</summary>
    /// <exception cref="InvalidOperationException">No member has been trained.</exception>
    public Model CreateModel() => task.Average([.. RequireMembers().Select(member => member.Model)], Options);

    /// <summary>
    /// Measures each example by the member that did not learn from it; examples whose member has not been trained are left out. The loss is
    /// the mean over these examples.
    /// </summary>
    /// <exception cref="InvalidOperationException">No member has been trained.</exception>
    public ModelReport MeasureOutOfFold()
    {
        var members = RequireMembers();
        int[] rows = [.. members.SelectMany(member => folds[member.Member]).Order()];
        var held = members.Select(member => (member.Model, Array.ConvertAll(folds[member.Member], row => Array.BinarySearch(rows, row))));
        return task.MeasureFolds(data.Select(rows), [.. held]);
    }

    /// <summary>Trains the members that have not been trained.</summary>
    /// <param name="onMember">
    /// Called for each member when it and all before it have been trained; if training ends early, the other trained members follow.
    /// </param>
    /// <param name="progress">Called after each batch of a member.</param>
    /// <param name="cancellationToken">Ends training after the current batches. Members that have been trained remain.</param>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">
    /// The loss of a member became infinite or NaN; the others are not trained further.
    /// </exception>
    /// <exception cref="InvalidInputException">A feature is not finite.</exception>
    /// <exception cref="InvalidOptionException">The options do not suit the data.</exception>
    /// <exception cref="InvalidOperationException">Another thread is training.</exception>
    public void Run(
        Action<MemberReport>? onMember = null, IProgress<MemberProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using var _ = use.Enter();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        int[] left = [.. Enumerable.Range(0, done.Length).Where(member => done[member] is null)];
        int threads = ThreadTeam.Of(Options.Threads).Threads;
        bool atOnce = threads > 1 && left.Length >= threads;
        var run = new EnsembleRun(TrainMember, left, done, atOnce ? 1 : Options.Threads, onMember, progress, stop);
        try
        {
            run.Train(atOnce ? threads : 1);
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            run.ReportRest();
            // A signal that arrives with the last report has nothing left to stop.
            if (!IsComplete)
                throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (TrainingDivergedException)
        {
            run.ReportRest();
            throw;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{done.Length} members {Topology}, {Members.Count} of them trained";

    private IReadOnlyList<MemberReport> RequireMembers() => Members is { Count: > 0 } members
        ? members
        : throw new InvalidOperationException("No member has been trained.");

    private MemberReport TrainMember(int member, int threads, IProgress<BatchProgress>? progress, CancellationToken cancellationToken)
    {
        var seeds = new RandomStream(Options.Seed, RandomPurpose.Members, (ulong)member);
        var options = Options with { Seed = seeds.NextUInt64(), Threads = threads };
        var fold = data.Select(folds[member]);
        int[] rows = [.. folds.Where((_, number) => number != member).SelectMany(rows => rows).Order()];
        var others = data.Select(rows);
        if (store?.FindTrained(member, options, others, fold) is { } trained)
            return Report(member, trained, fold, TimeSpan.Zero);
        var training = store?.FindUnfinished(member, options, others, fold) ?? task.Begin(others, options, fold, createEngine);
        var time = Train(member, training, progress, cancellationToken);
        var report = Report(member, training.Model, fold, time);
        store?.Trained(member, report.Model, others, fold);
        return report;
    }

    private TimeSpan Train(int member, Training training, IProgress<BatchProgress>? progress, CancellationToken cancellationToken)
    {
        var time = TimeSpan.Zero;
        try
        {
            var batches = store is null ? progress : new StoringProgress(store, member, training, progress);
            foreach (var epoch in training.Epochs(batches, cancellationToken))
            {
                time += epoch.Time;
                if (!training.IsComplete)
                    store?.AfterEpoch(member, training);
            }
            return time;
        }
        catch (TrainingDivergedException e)
        {
            throw new TrainingDivergedException(e.What, $"member {member}, {e.Where}", e.Why, e.Remedy);
        }
        catch (OperationCanceledException)
        {
            store?.Interrupted(member, training);
            throw;
        }
    }

    private MemberReport Report(int member, Model trained, Dataset fold, TimeSpan time)
    {
        // Predictions use all threads again.
        var parts = trained.Parts;
        var model = task.Create(parts with { Options = parts.Options with { Threads = Options.Threads } });
        model.History = trained.History;
        return new MemberReport(
            member, model, model.MeasureEpoch(fold), model.History.Epochs[^1].Epoch + 1, model.History.BestEpoch, time);
    }

    /// <summary>Tells the store of each batch.</summary>
    private sealed class StoringProgress(IMemberStore store, int member, Training training, IProgress<BatchProgress>? next)
        : IProgress<BatchProgress>
    {
        public void Report(BatchProgress value)
        {
            store.AfterBatch(member, training);
            next?.Report(value);
        }
    }
}
