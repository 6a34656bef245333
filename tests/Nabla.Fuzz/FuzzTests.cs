namespace Nabla.Fuzz;

/// <summary>Every reader against changed files. For long runs, see README.md.</summary>
public sealed class FuzzTests
{
    public static TheoryData<string> Readers => [.. FuzzTargets.All().Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Readers))]
    public void Changed_files_are_refused_or_read_and_written_again(string reader) => Fuzz(reader, executions: 1_000);

    /// <summary>A million executions in all, some seconds for each reader.</summary>
    [Fact(Explicit = true)]
    public void A_million_changed_files_are_refused_or_read_and_written_again()
    {
        (string Reader, int Executions)[] shares =
        [
            ("npy", 210_000), ("idx", 150_000), ("safetensors", 120_000), ("bmp", 90_000), ("png", 80_000), ("studio", 80_000), ("weights",
            60_000),
            ("npz", 60_000), ("jpeg", 40_000), ("model", 30_000), ("table-model", 25_000), ("csv", 8_000), ("onnx", 7_000),
            ("checkpoint", 20_000), ("receipt", 20_000),
        ];
        Assert.Equal(FuzzTargets.All().Select(target => target.Name).Order(), shares.Select(share => share.Reader).Order());
        Parallel.ForEach(shares, share => Fuzz(share.Reader, share.Executions));
    }

    [Fact]
    public void The_same_seed_makes_the_same_files()
    {
        foreach (var target in FuzzTargets.All())
            Assert.Equal(target.Make(new Rng(1, target.Name, 5)), FuzzTargets.All().Single(t => t.Name == target.Name).Make(new Rng(1,
                target.Name, 5)));
    }

    private static void Fuzz(string reader, int executions)
    {
        var run = new FuzzRun(FuzzTargets.All().Single(target => target.Name == reader), seed: 20260601);
        run.ReadSamples();
        for (int index = 0; index < executions && run.Execute(index); index++)
        {
        }
        Assert.Empty(run.Findings);
        Assert.InRange(run.Accepted, 1, run.Executions - 1);
    }
}
