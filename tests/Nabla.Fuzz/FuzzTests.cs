namespace Nabla.Fuzz;

/// <summary>Every reader against changed files. For long runs, see README.md.</summary>
public sealed class FuzzTests
{
    public static TheoryData<string> Readers => [.. FuzzTargets.All().Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Readers))]
    public void Changed_files_are_refused_or_read_and_written_again(string reader) => Fuzz(reader, executions: 1_000);

    /// <summary>A million executions in all.</summary>
    [Theory(Explicit = true)]
    [MemberData(nameof(Readers))]
    public void Very_many_changed_files_are_refused_or_read_and_written_again(string reader) =>
        Fuzz(reader, reader is "csv" or "onnx" ? 15_000 : 90_000);

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
