namespace Nabla.Tests;

/// <summary>What can be saved can be loaded, and is equal; what could not be loaded is not saved.</summary>
public sealed class ExtremeModelTests : IDisposable
{
    private static readonly string?[] Texts =
    [
        "", "a", " ", "\0", "\n\r\t", "\"\\/", "\u2028", "é", "\ufeff", "\U0001F600", "\ud83d", "\ude00", "x\ud800y", "__metadata__", "{}",
        "nabla.note.", "<script>", new string('z', 3000), "\uffff", "\u0085", null,
    ];

    private readonly TestFiles files = new();

    public void Dispose() => files.Dispose();

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void What_is_saved_is_loaded_equal_and_the_rest_is_refused(int seed)
    {
        var random = new System.Random(seed);
        var trained = Classifier.Train(RandomData.Blobs(30), new TrainingOptions { Hidden = [3], Epochs = 1, Seed = 1 });
        trained.Save(files["a"]);
        int saved = 0, refused = 0;
        for (int i = 0; i < 300; i++)
        {
            var (model, isFit) = Disguise(trained, random);
            byte[] before = File.ReadAllBytes(files["a"]);
            var error = Record.Exception(() => model.Save(files["a"]));
            if (isFit)
            {
                Assert.Null(error);
                RequireEqual(model, Classifier.Load(files["a"]));
                saved++;
            }
            else
            {
                Assert.IsAssignableFrom<NablaException>(error);
                Assert.Equal(before, File.ReadAllBytes(files["a"]));
                refused++;
            }
        }
        Assert.True(saved > 60 && refused > 60, $"{saved} saved, {refused} refused");
        Assert.Single(Directory.GetFileSystemEntries(files.Folder));
    }

    [Theory, InlineData(float.NaN), InlineData(float.NegativeInfinity)]
    public void A_training_run_that_is_lost_does_not_replace_a_model(float value)
    {
        var training = new Training<Classifier>(RandomData.Blobs(30), new TrainingOptions { Hidden = [3], Epochs = 2, Seed = 1 });
        training.Save(files["a"]);
        byte[] before = File.ReadAllBytes(files["a"]);
        training.Model.Network.BeginUpdate()[5] = value;
        var error = Assert.Throws<TrainingDivergedException>(() => training.Save(files["a"]));
        Assert.EndsWith("is not a finite number", error.Why, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(files["a"]));
    }

    [Fact]
    public void An_infinite_state_of_the_optimizer_is_what_it_was_after_resuming()
    {
        var data = RandomData.Blobs(30);
        var training = new Training<Classifier>(data, new TrainingOptions { Hidden = [3], Epochs = 3, BatchSize = 10, Seed = 1 });
        Step(training);
        training.Optimizer!.State[1].Values[2] = float.PositiveInfinity;
        training.Save(files["a"]);
        var resumed = Training<Classifier>.Resume(files["a"], data);
        Step(training);
        Step(resumed);
        Assert.Equal(training.Model.Fingerprint, resumed.Model.Fingerprint);
        Assert.Equal(training.Optimizer.State[1].Values, resumed.Optimizer!.State[1].Values);
    }

    [Fact]
    public void A_header_that_no_reader_would_take_is_not_written()
    {
        var model = Classifier.Train(RandomData.Blobs(30), new TrainingOptions { Hidden = [3], Epochs = 1, Seed = 1 });
        model.Save(files["a"]);
        byte[] before = File.ReadAllBytes(files["a"]);
        model.Notes["long"] = new string('x', 100_000_000);
        var error = Assert.Throws<InvalidInputException>(() => model.Save(files["a"]));
        Assert.Contains("at most 100000000 are possible", error.Why, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(files["a"]));
    }

    [Fact]
    public void Metadata_that_are_not_Unicode_are_not_written()
    {
        var error = Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(
            files["a"], new Dictionary<string, string> { ["key"] = "\ud800" }, new List<(string, int[], ReadOnlyMemory<float>)>()));
        Assert.Contains("The metadata 'key' are not valid Unicode", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(files.Folder));
    }

    private static void Step(Training training)
    {
        foreach (var _ in training.Epochs())
            break;
    }

    private static (Classifier Model, bool IsFit) Disguise(Classifier trained, System.Random random)
    {
        string?[] names = [.. trained.ClassNames];
        if (random.Next(2) == 0)
            names[random.Next(names.Length)] = Texts[random.Next(Texts.Length)];
        var parts = trained.Parts;
        var network = new Network(parts.Network.Topology);
        var parameters = network.BeginUpdate();
        for (int i = 0; i < parameters.Length; i++)
            parameters[i] = Number(random);
        if (random.Next(4) == 0)
            parameters[random.Next(parameters.Length)] =
                new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity }[random.Next(3)];
        var model = (Classifier)ModelTask.All.First(task => task.Name == trained.Task).Create(
            parts with { Network = network, OutputNames = names! });
        for (int notes = random.Next(3); notes > 0; notes--)
            model.Notes[Texts[random.Next(Texts.Length - 1)]!] = Texts[random.Next(Texts.Length)]!;
        bool isFit = parameters.ToArray().All(float.IsFinite) && names.All(IsText) && names.Distinct().Count() == names.Length
            && model.Notes.All(note => IsText(note.Key) && IsText(note.Value));
        return (model, isFit);
    }

    // Any bits of a finite number: tiny, huge, negative zero, subnormal.
    private static float Number(System.Random random)
    {
        float number = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
        return float.IsFinite(number) ? number : -0f;
    }

    private static bool IsText(string? text) => text is not null && new System.Text.UnicodeEncoding(false, false, true) is var strict
        && Record.Exception(() => strict.GetByteCount(text)) is null;

    private static void RequireEqual(Classifier expected, Classifier loaded)
    {
        Assert.Equal(expected.ClassNames, loaded.ClassNames);
        Assert.Equal(expected.Notes, loaded.Notes);
        Assert.Equal(expected.Fingerprint, loaded.Fingerprint);
    }
}
