using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Nabla.Mpi.Tests;

/// <summary>Ranks that a launcher started, each a process of its own, with the library that belongs to it.</summary>
public sealed partial class MpiRunTests
{
    private const string OpenMpi = "mpirun.openmpi";
    private const string Mpich = "mpirun.mpich";

    [Theory]
    [InlineData(OpenMpi, 4, "Open MPI")]
    [InlineData(Mpich, 4, "MPICH")]
    public void Four_ranks_communicate_and_the_runtime_still_works(string launcher, int ranks, string library)
    {
        string output = MpiRun.Ranks(launcher, ranks, "operations+runtime").MustPass(ranks);
        Assert.Contains($"rank 0 of {ranks}, {library}", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OpenMpi)]
    [InlineData(Mpich)]
    public void Wrong_arguments_and_messages_of_another_length_are_errors(string launcher)
    {
        string output = MpiRun.Ranks(launcher, 2, "mistakes").MustPass(2);
        Assert.Contains("rank 0 sent 8 bytes, and 16 were expected", output, StringComparison.Ordinal);
        Assert.Contains("runcat", output, StringComparison.Ordinal); // MPI's own word: MPI_ERR_TRUNCATE, or Message truncated
    }

    [Theory]
    [InlineData(OpenMpi)]
    [InlineData(Mpich)]
    public void A_rank_that_aborts_ends_all_others_with_its_exit_code(string launcher)
    {
        var (exitCode, output, _) = MpiRun.Ranks(launcher, 3, "abort").Run();
        Assert.Equal(RankProgram.Aborted, exitCode);
        Assert.DoesNotContain("passed", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OpenMpi)]
    [InlineData(Mpich)]
    public void A_rank_that_fails_ends_all_others(string launcher)
    {
        var (exitCode, output, error) = MpiRun.Ranks(launcher, 3, "fail").Run();
        Assert.Equal(RankProgram.Failed, exitCode);
        Assert.Contains("This rank has failed.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("passed", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OpenMpi)]
    [InlineData(Mpich)]
    public void A_rank_that_leaves_early_ends_all_others_with_an_error(string launcher)
    {
        var (exitCode, output, error) = MpiRun.Ranks(launcher, 3, "leave").Run();
        Assert.Equal(1, exitCode);
        Assert.Contains("error: rank 2 of 3 ends before its work with the others is complete", error, StringComparison.Ordinal);
        Assert.DoesNotContain("passed", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OpenMpi)]
    [InlineData(Mpich)]
    public void A_rank_that_is_killed_ends_all_others(string launcher)
    {
        var processes = new List<Process>();
        var clock = new Stopwatch();
        var (exitCode, _, _) = MpiRun.Ranks(launcher, 3, "wait").Run(line =>
        {
            if (ProcessNumber().Match(line) is not { Success: true } match)
                return;
            processes.Add(Process.GetProcessById(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)));
            if (processes.Count == 3)
            {
                clock.Start();
                processes[1].Kill();
            }
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"All ended within {clock.Elapsed.TotalSeconds:F1} s, with {exitCode}.");
        Assert.NotEqual(0, exitCode);
        Assert.Equal(3, processes.Count);
        Assert.All(processes, process => Assert.True(process.WaitForExit(5000)));
    }

    [Theory]
    [InlineData(OpenMpi, 0)]
    [InlineData(OpenMpi, 2)]
    [InlineData(Mpich, 0)]
    [InlineData(Mpich, 2)]
    public void A_rank_that_is_stopped_ends_all_others_which_name_it(string launcher, int stopped)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Stopping a process takes a signal.");
        var processes = new Dictionary<int, Process>();
        var clock = new Stopwatch();
        var (exitCode, _, error) = MpiRun.Ranks(launcher, 3, "wait").Run(line =>
        {
            if (ProcessNumber().Match(line) is not { Success: true } match)
                return;
            processes.Add(int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture),
                Process.GetProcessById(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)));
            if (processes.Count < 3)
                return;
            clock.Start();
            using var kill = Process.Start("kill", $"-STOP {processes[stopped].Id}");
        });
        Assert.Equal(3, processes.Count);
        Assert.Contains($"rank {stopped} of 3", error, StringComparison.Ordinal);
        Assert.Contains("has not answered for 2.5 seconds", error, StringComparison.Ordinal);
        Assert.NotEqual(0, exitCode);
        using var goOn = Process.Start("kill", $"-CONT {processes[stopped].Id}"); // a launcher may have left it as it was
        Assert.All(processes.Values, process => Assert.True(process.WaitForExit(10_000)));
        Assert.InRange(clock.Elapsed.TotalSeconds, 2, 30); // 2.5 s and the launcher's own time; tests/ranks measures it
    }

    [Theory]
    [InlineData(OpenMpi, "/nowhere")]
    [InlineData(Mpich, "/nowhere")]
    [InlineData(OpenMpi, "libmpich.so.12")]
    public void Ranks_without_the_library_of_their_launcher_never_work_alone(string launcher, string library)
    {
        var (exitCode, output, error) = MpiRun.Ranks(launcher, 2, "operations").With(MpiLibrary.Variable, library).Run();
        Assert.SkipWhen(library != "/nowhere" && error.Contains("cannot open", StringComparison.Ordinal), $"There is no {library} here.");
        Assert.Equal(RankProgram.Failed, exitCode);
        Assert.Contains($"error: cannot {(library == "/nowhere" ? "load" : "use")}", error, StringComparison.Ordinal);
        Assert.Contains(MpiLibrary.Variable, error, StringComparison.Ordinal);
        Assert.DoesNotContain("single", output + error, StringComparison.Ordinal);
        Assert.DoesNotContain("passed", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_RANK")]
    [InlineData("PMI_SIZE", "PMI_RANK")]
    [InlineData("SLURM_STEP_NUM_TASKS", "SLURM_PROCID")]
    public void Every_rank_without_a_library_says_what_was_tried(string size, string rank)
    {
        for (int i = 0; i < 2; i++)
        {
            var (exitCode, output, error) = MpiRun.Single("operations").With(size, "2").With(rank, $"{i}")
                .With(MpiLibrary.Variable, "/nowhere").Run();
            Assert.Equal(RankProgram.Failed, exitCode);
            Assert.Equal("", output);
            Assert.StartsWith("error: cannot load a library of MPI: ", error, StringComparison.Ordinal);
            Assert.Contains("/nowhere: ", error, StringComparison.Ordinal);
            Assert.Contains($"(rank {i} of 2)", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_process_without_a_launcher_needs_no_library()
    {
        var (exitCode, output, error) = MpiRun.Single("operations").With(MpiLibrary.Variable, "/nowhere").Run();
        Assert.Equal((0, "a single process\n", ""), (exitCode, output, error));
    }

    [Theory(Explicit = true)]
    [InlineData(OpenMpi)]
    [InlineData(Mpich)]
    public void Latency_and_bandwidth(string launcher) => MpiRun.Ranks(launcher, 2, "speed").MustPass(2);

    [Theory(Explicit = true)] // 5 GB of memory
    [InlineData(OpenMpi)]
    [InlineData(Mpich)]
    public void Messages_may_have_more_than_two_gigabytes(string launcher) => MpiRun.Ranks(launcher, 2, "huge").MustPass(2);

    [GeneratedRegex(@"process (\d+) is rank (\d+)\.")]
    private static partial Regex ProcessNumber();
}
