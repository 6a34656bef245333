using Nabla.Kernels;

namespace Nabla.Cli.Tests;

/// <summary>The tests that users run: their figures, and that they pass.</summary>
public sealed class SelfTestTests
{
    // The digest in docs/reproducibility.md: the same on every machine.
    private const string Digest = "sha256:3e6dc00b3a667483c91bcbcc57cc1e8b2d0f31b6b6bb179d594e04a0657ee4ca";

    [Fact]
    public void Each_training_run_has_a_fingerprint_with_any_number_of_threads()
    {
        using var session = new Session();
        session.Run($"selftest determinism --here --n {2 * SampleRun.All.Count}");
        Assert.Equal(ExitCode.Done, session.ExitCode);
        string[][] lines = [.. session.Output.Split('\n')[..^2].Select(line => line.Split(' '))];
        Assert.Equal(SampleRun.All.Concat(SampleRun.All).Select(run => run.Name), lines.Select(parts => parts[0]));
        // The second number is 64, and no team has more threads than there are processors.
        string[] threads = ["1", $"{Math.Min(64, Environment.ProcessorCount)}"];
        Assert.Equal(threads.Distinct(), lines.Select(parts => parts[1]).Distinct());
        Assert.Equal(SampleRun.All.Count, lines.Select(parts => parts[2]).Distinct().Count());
    }

    [Fact]
    public void The_digest_in_the_document_is_that_of_the_training_runs()
    {
        Assert.Equal(Digest, FingerprintComparison.DigestOf(SampleRun.All.Select(run => run.Train(0, 1).Model.Fingerprint)));
        Assert.Contains(Digest, File.ReadAllText(Path.Combine(Snapshot.Root, "docs", "reproducibility.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_configuration_that_differs_is_named()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var comparison = new FingerprintComparison(output);
        comparison.Add("level A", new("dense", 1, "sha256:1"));
        comparison.Add("level A", new("sparse", 1, "sha256:2"));
        comparison.Add("level B", new("dense", 3, "sha256:1"));
        Assert.True(comparison.AllEqual);
        comparison.Add("level B", new("sparse", 3, "sha256:1"));
        comparison.Add("level B", new("dense", 5, "sha256:2"));
        Assert.False(comparison.AllEqual);
        Assert.Equal("differs first: sparse, 3 threads, level B: sha256:1, not sha256:2\n", $"{output}");
        comparison.Add("level A", new("dense", 1, "sha256:1"));
        Assert.Equal("5 configurations (2 levels, 2 training runs, teams of 1 to 5 threads, seed 4), 2 differ", comparison.Figure(2, 4));
    }

    [Fact]
    public void A_level_that_changes_nothing_is_left_out()
    {
        InstructionLevel[] levels = [new(null, "", null), new("A", "0", null), new("B", "0", KernelWidth.Scalar)];
        using var output = new StringWriter { NewLine = "\n" };
        var result = DeterminismTest.Compare(levels, 4, seed: 0, output, (level, count) => new(
            [.. Enumerable.Range(1, count).Select(threads => new Configuration("dense", threads, "sha256:1"))],
            level.Variable == "B" ? "scalar with AVX" : "vector256 with AVX2", "1.0 s"));
        Assert.True(result.Passed);
        Assert.StartsWith("4 configurations (2 levels, 1 training runs, teams of 1 to 2 threads,", result.Figure, StringComparison.Ordinal);
        Assert.Equal(
            "A=0: left out, because here it has the instructions of no variable: vector256 with AVX2\n"
            + "no variable: 2 configurations, vector256 with AVX2, 1.0 s\nB=0: 2 configurations, scalar with AVX, 1.0 s\n", $"{output}");
    }

    [Fact]
    public void A_level_without_its_width_is_an_error()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var result = DeterminismTest.Compare(
            [new("B", "0", KernelWidth.Scalar)], 4, seed: 0, output, (_, _) => new([], "vector256 with AVX2", "1.0 s"));
        Assert.Equal((false, "0 configurations compared before B=0"), (result.Passed, result.Figure));
        Assert.Equal("B=0: the program should use Scalar, and used vector256 with AVX2\n", $"{output}");
    }

    [Theory]
    [InlineData("batch --n 9000", "9000 predictions in 11 batches of 3 sizes from 1 to 4096 (seed 0), all as alone\n")]
    [InlineData("concurrent --n 4000 --seed 5", "4000 predictions by 1 to 16 threads at once (seed 5), all as alone\n")]
    public void Predictions_are_compared(string test, string figure)
    {
        using var session = new Session();
        session.Run($"selftest {test}");
        Assert.Equal(figure, session.Output);
        Assert.Equal(ExitCode.Done, session.ExitCode);
    }

    [Fact]
    public void A_prediction_that_differs_is_named()
    {
        var predictions = new SamplePredictions(SampleRun.All.Single(run => run.Name == "regressor"), seed: 0);
        Assert.Null(predictions.CompareBatch([3, 4]));
        Assert.Null(predictions.CompareOne(3));
        predictions.Expected[3][1] = double.BitIncrement(predictions.Expected[3][1]);
        Assert.StartsWith("differs: regressor, example 3 at place 1 of a batch of 2: [", predictions.CompareBatch([4, 3]));
        Assert.StartsWith("differs: regressor, example 3 as a single example: [", predictions.CompareOne(3));
        Assert.Null(predictions.CompareBatch([4, 5]));
    }

    [Fact(Explicit = true)]
    public void All_levels_have_the_digest_in_the_document()
    {
        using var session = new Session();
        session.Run("selftest determinism");
        Assert.Equal(ExitCode.Done, session.ExitCode);
        Assert.EndsWith($"all equal: {Digest}\n", session.Output, StringComparison.Ordinal);
    }

    [Fact(Explicit = true)]
    public void Without_enough_memory_no_file_is_damaged()
    {
        using var session = new Session();
        session.Run("selftest memory --n 12");
        Assert.True(session.ExitCode == ExitCode.Done, session.Output);
    }
}
