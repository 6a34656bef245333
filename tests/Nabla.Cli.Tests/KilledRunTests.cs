using System.Globalization;

namespace Nabla.Cli.Tests;

/// <summary>What <c>nabla selftest resume</c> counts as a kill, as resumed and as lost, with a program that does as it is told.</summary>
public sealed class KilledRunTests : IDisposable
{
    private static readonly Model Trained = SampleRun.All.Single(run => run.Name == "table").Train(0, 1).Model;

    private readonly Session session = new();
    private readonly Queue<Func<string, ProgramResult>> program = [];

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData(ExitCode.InvalidInput)]
    [InlineData(ExitCode.InternalError)]
    public void A_program_that_ends_by_itself_was_not_killed(int exitCode)
    {
        program.Enqueue(_ => new(exitCode, "", "a bug"));
        Assert.Equal(new KilledRunResult(0, 0, $"exit code {exitCode}: a bug"), Run("1epoch"));
    }

    [Fact]
    public void Only_a_run_that_says_so_was_resumed_from_a_checkpoint()
    {
        program.Enqueue(WithReceipt);
        program.Enqueue(_ => Killed("", "There is no checkpoint yet: training begins anew.\n"));
        program.Enqueue(_ => Killed("", "Resuming from checkpoint-000001-00000000.safetensors.\n"));
        program.Enqueue(Complete);
        Assert.Equal(new KilledRunResult(3, 1, null), Run("1epoch"));
    }

    [Fact]
    public void An_ensemble_is_resumed_from_its_members()
    {
        program.Enqueue(model =>
        {
            var result = WithReceipt(model);
            Trained.Save(Path.Combine(RunFolder.For(model).Path, "member-0000.safetensors"));
            return result with { Output = Member(0) };
        });
        program.Enqueue(Complete);
        Assert.Equal(new KilledRunResult(1, 1, null), Run("20ms"));
    }

    [Theory]
    [InlineData("2epochs", 3, 0.001, false)]
    [InlineData("2epochs", 2, 0.5, true)]
    [InlineData("30ms", 5, 0.011, false)]
    [InlineData("30ms", 5, 0.009, true)]
    public void At_most_one_interval_may_be_lost(string interval, int epochs, double seconds, bool isEnough)
    {
        program.Enqueue(_ => Killed(Epochs(epochs, seconds) + "{\"event\":\"ep", ""));
        program.Enqueue(Complete);
        Assert.Equal(
            new KilledRunResult(1, 0, isEnough ? null : $"{epochs} epochs were shown, and there is no checkpoint"), Run(interval));
    }

    [Theory]
    [InlineData("2epochs", 5, 0.001, true)]
    [InlineData("2epochs", 6, 0.001, false)]
    [InlineData("30ms", 6, 0.029, true)] // the epochs between the one that may be half saved and the last one
    [InlineData("30ms", 6, 0.031, false)]
    public void What_the_newest_checkpoint_has_is_not_lost(string interval, int epochs, double seconds, bool isEnough)
    {
        program.Enqueue(model =>
        {
            var training = new Training<Classifier>(
                SampleData.Numbers(20, 3, classes: 2), new TrainingOptions { Hidden = [2], BatchSize = 10, Epochs = 5 });
            Assert.Equal(3, training.Epochs().Take(3).Count());
            new CheckpointFolder(RunFolder.For(model).Path).Save(training);
            return Killed(Epochs(epochs, seconds), "");
        });
        program.Enqueue(Complete);
        Assert.Equal(
            new KilledRunResult(1, 0, isEnough ? null : $"{epochs} epochs were shown, and the newest checkpoint has 3"), Run(interval));
    }

    [Fact]
    public void A_member_that_was_shown_must_be_saved()
    {
        program.Enqueue(_ => Killed(Member(2), ""));
        Assert.Equal(new KilledRunResult(1, 0, "member 2 was shown, and is not saved"), Run("20ms"));
    }

    private KilledRunResult Run(string interval)
    {
        var run = new KilledRun("run", ["data.csv", "--checkpoint-every", interval], session.Folder, Start);
        return run.RunToTheEnd(new AlwaysKilling(), trial: 0);
    }

    // The first run is not interrupted.
    private ProgramResult Start(string[] arguments, TimeSpan? killAfter) => killAfter is null
        ? Complete(session.PathOf("run.safetensors"))
        : program.Dequeue()(session.PathOf("trial-0.safetensors"));

    private static ProgramResult Complete(string model)
    {
        Trained.Save(model);
        return new(ExitCode.Done, "", "");
    }

    private static ProgramResult WithReceipt(string model)
    {
        var folder = RunFolder.For(model);
        Directory.CreateDirectory(folder.Path);
        new RunReceipt
        {
            Options = Trained.Options, Data = "sha256:0", Version = "0", Machine = "none", Began = DateTimeOffset.UnixEpoch,
        }.Save(folder.ReceiptPath);
        return Killed("", "");
    }

    private static ProgramResult Killed(string output, string error) => new(OwnProgram.Killed, output, error);

    private static string Epochs(int count, double seconds) => string.Concat(
        from epoch in Enumerable.Range(0, count)
        select string.Create(CultureInfo.InvariantCulture, $"{{\"event\":\"epoch\",\"epoch\":{epoch},\"seconds\":{seconds}}}\n"));

    private static string Member(int member) => $"{{\"event\":\"member\",\"member\":{member}}}\n";

    /// <summary>Kills whenever it may be.</summary>
    private sealed class AlwaysKilling : Random
    {
        public override int Next(int maxValue) => 0;

        public override double NextDouble() => 0.5;
    }
}
