namespace Nabla.Fuzz;

/// <summary>Files that must be refused, each with the place and the reason that its message gives (Corpus/expected.txt).</summary>
public sealed class CorpusTests
{
    private const int Fewest = 500;

    private static readonly string Expected = Repository.PathOf("tests", "Nabla.Fuzz", "Corpus", "expected.txt");

    private static IEnumerable<BadFile> Files =>
        new[]
        {
            BadNpy.All(), BadNpz.All(), BadIdx.All(), BadSafetensors.All(), BadImages.All(), BadModels.All(),
            BadWeights.All(), BadOnnx.All(), BadTexts.All(), PublishedFiles.All(),
        }.SelectMany(files => files);

    [Fact]
    public void Each_bad_file_is_refused_with_its_place_and_reason()
    {
        var targets = FuzzTargets.All().ToDictionary(target => target.Name);
        string[] actual = [.. Files.Select(file =>
            $"{Visible($"{file.Reader}: {file.Name}")}\n    {Visible(Refusal(targets[file.Reader], file))}")];
        Assert.InRange(actual.Length, Fewest, int.MaxValue);
        Assert.Equal(actual.Length, Files.Select(file => (file.Reader, file.Name)).Distinct().Count());
        if (Environment.GetEnvironmentVariable("NABLA_ACCEPT") == "1")
            File.WriteAllLines(Expected, actual);
        Assert.Equal(File.ReadAllLines(Expected), string.Join('\n', actual).Split('\n'));
    }

    [Fact]
    public void Reading_a_bad_file_takes_no_more_memory_than_the_file_pays_for()
    {
        var runs = FuzzTargets.All().ToDictionary(target => target.Name, target => new FuzzRun(target, seed: 0));
        foreach (var run in runs.Values)
            run.ReadSamples();
        Assert.All(Files, file => Assert.Null(runs[file.Reader].Judge(file.Bytes)));
        Assert.All(runs.Values, run => Assert.Equal(0, run.Accepted));
    }

    /// <summary>The place and the reason; a file that is not refused fails the comparison.</summary>
    private static string Refusal(FuzzTarget target, BadFile file)
    {
        try
        {
            return $"is read: {target.Read(file.Bytes)}";
        }
        catch (InvalidInputException error)
        {
            return $"{error.Where}: {error.Why}";
        }
    }

    private static string Visible(string text) => string.Concat(
        text.Select(letter => char.IsControl(letter) || letter == '\uFEFF' ? $"\\u{(int)letter:x4}" : $"{letter}"));
}
