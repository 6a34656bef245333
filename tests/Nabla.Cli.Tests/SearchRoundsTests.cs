namespace Nabla.Cli.Tests;

/// <summary>A search on several ranks, which are threads here. Processes are tested by tests/ranks/run.sh.</summary>
public sealed class SearchRoundsTests
{
    private static readonly Dataset Data = new(
        "points", FeatureTable.FromFloats([.. Enumerable.Range(0, 24).Select(i => (float)i)], 24, 1),
        new ClassTargets([.. Enumerable.Range(0, 24).Select(i => i < 9 ? 0 : 1)], ["low", "high"]));

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 1)]
    [InlineData(4, 1)]
    [InlineData(3, 2)]
    public void The_result_does_not_depend_on_the_ranks(int ranks, int jobs)
    {
        string expected = Table(Plan(), new FoldTraining(Plan(), 1).Run, null, 1);
        string[] found = new string[ranks];
        var ranksOfJobs = new int[ranks];
        LocalCommunicators.Run(ranks, communicator => found[communicator.Rank] = Table(
            Plan(),
            (job, stop) =>
            {
                Interlocked.Increment(ref ranksOfJobs[communicator.Rank]);
                return new FoldTraining(Plan(), 1).Run(job, stop);
            },
            communicator, jobs));
        Assert.Equal(expected, string.Concat(found)); // only rank 0 has a table
        Assert.Equal(48 + 18, ranksOfJobs.Sum()); // 16 trials on 3 folds, and 6 of them with all epochs
        Assert.All(ranksOfJobs, count => Assert.True(count > 0));
    }

    [Fact]
    public void The_best_command_has_the_epochs_that_were_measured()
    {
        string table = Table(
            Plan(), (job, _) => job.Epochs == 3
                ? JobResult.Failed(job, new TrialFailure("it diverged", ExitCode.Diverged), TimeSpan.Zero)
                : JobResult.Done(job, job.Trial == 7 ? 0.25 : 0.5, TimeSpan.Zero),
            null, 2);
        string best = table.TrimEnd().Split('\n')[^1];
        // Trial 7 goes on, and fails; of those that did not go on, the first is the best.
        Assert.Contains("nabla train points --epochs 1 --learning-rate ", best, StringComparison.Ordinal);
        string whole = Table(Plan(), (job, _) => JobResult.Done(job, 0.5, TimeSpan.Zero), null, 2);
        Assert.Contains("nabla train points --learning-rate ", whole.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_signal_to_any_rank_stops_all()
    {
        var areComplete = new bool?[3];
        using var signal = new CancellationTokenSource();
        LocalCommunicators.Run(3, communicator =>
        {
            var asked = communicator.Rank == 2 ? signal.Token : CancellationToken.None;
            using var pool = new JobPool((_, stop) => Forever(signal, stop), 1);
            areComplete[communicator.Rank] = new SearchRounds(pool, communicator, asked).Run(Lead(Plan(), communicator));
        });
        Assert.All(areComplete, isComplete => Assert.False(isComplete));
    }

    [Fact]
    public void A_job_that_fails_for_a_reason_of_its_own_ends_the_search()
    {
        using var pool = new JobPool((_, _) => throw new ArithmeticException(), 2);
        var error = Assert.Throws<AggregateException>(() => new SearchRounds(pool, null, default).Run(Lead(Plan(), null)));
        Assert.IsType<ArithmeticException>(error.InnerException);
    }

    [Fact]
    public void Data_on_disk_that_change_are_no_result_of_a_trial()
    {
        using var session = new Session();
        string x = session.PathOf("x.npy"), y = session.PathOf("y.npy");
        NpyWriter.Write(x, NumericArray.Create<float>([.. Enumerable.Range(0, 24).Select(i => (float)i)], 24, 1));
        NpyWriter.Write(y, NumericArray.Create<int>([.. Enumerable.Range(0, 24).Select(i => i < 9 ? 0 : 1)], 24));
        var onDisk = Datasets.ReadNpy(x, y, new DatasetFileOptions { OnDisk = true });
        var plan = Plan(onDisk.Train);
        using (var file = new FileStream(x, FileMode.Open))
            file.SetLength(file.Length - 8);
        Assert.Throws<InvalidInputException>(() => new FoldTraining(plan, 1).Run(plan.JobOf(plan.Trials[0], 0, 1), default));
    }

    private static string Table(
        SearchPlan plan, Func<SearchJob, CancellationToken, JobResult> run, ICommunicator? communicator, int jobs)
    {
        using var pool = new JobPool(run, jobs);
        var lead = Lead(plan, communicator);
        Assert.True(new SearchRounds(pool, communicator, default).Run(lead));
        if (lead is null)
            return "";
        using var table = new StringWriter();
        SearchTable.WriteJson(plan, lead.Standings, table);
        return table.ToString();
    }

    private static SearchLead? Lead(SearchPlan plan, ICommunicator? communicator) => communicator is { Rank: > 0 }
        ? null
        : new SearchLead(plan, null, new SearchProgress(Session.Nowhere()));

    private static JobResult Forever(CancellationTokenSource begun, CancellationToken stop)
    {
        begun.Cancel();
        stop.WaitHandle.WaitOne();
        throw new OperationCanceledException(stop);
    }

    private static SearchPlan Plan(Dataset? data = null)
    {
        data ??= Data;
        var command = new TrialCommand();
        var tried = SearchSpace.Read(["learning-rate=0.001..1"], command);
        return new SearchPlan
        {
            Tried = tried.Options,
            Trials =
            [
                .. tried.Draw(16, 1).Select((values, i) => SearchTrial.Create(
                    i + 1, tried.Options, values, words => command.Read($"--layers none --epochs 3{words}", null))),
            ],
            Data = data,
            Folds = DatasetSplit.Folds(data, 3, 1),
            Rungs = new Rungs(16, 3, 3),
            Measure = Measure.For("loss", data.Targets),
            Command = "nabla train points", HasEpochs = false,
        };
    }
}
