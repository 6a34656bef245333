namespace Nabla.Tests;

/// <summary>Model files that the version before "nabla-model-1" wrote: they load, evaluate and resume to the same bits.</summary>
public class FormerModelTests
{
    private const string Trained = "sha256:b2ef134e22062f82ec0e66f0da7df57a54d7197df22e21e9804d8db515bce7a2";

    private static readonly Dataset Train = Digits.Generate(200, seed: 3);
    private static readonly Dataset Test = Digits.Generate(100, seed: 3, first: Digits.FirstTestExample);

    [Fact]
    public void A_complete_one_evaluates_as_before()
    {
        var model = Classifier.Load(PathOf("complete"));
        Assert.Equal(Trained, model.Fingerprint);
        Assert.Equal(new ClassificationReport(33, 100, 1.9882859239275847), model.Evaluate(Test));
        Assert.Equal(new AdamOptions { WeightDecay = 0.001f }, model.Options.Optimizer);
        Assert.Equal("classification", model.Task);
    }

    [Fact]
    public void An_interrupted_one_resumes_with_identical_results()
    {
        Assert.Equal(
            "sha256:a1ef4da3592d7ab1bd6efa1a4a3fe1bedd1496f5680b24db5dc4bb9cb1c88d9a", Classifier.Load(PathOf("interrupted")).Fingerprint);
        var training = Training<Classifier>.Resume(PathOf("interrupted"), Train, Test);
        Assert.Equal(new TrainingPosition(1, 3, 96, 213.11841365649317), training.Position);
        Assert.Equal([0.28, 0.3, 0.33], training.Epochs().Select(epoch => epoch["accuracy"]!.Value));
        Assert.Equal(Trained, training.Model.Fingerprint);
    }

    [Fact]
    public void One_of_a_table_keeps_its_notes()
    {
        var model = Model.Load(PathOf("table"));
        Assert.Equal("sha256:f8ed1048a26ec19362fb866acec2923a5e2319b9fe4afc71e299a768a126af98", model.Fingerprint);
        Assert.Equal(["held-out", "table"], model.Notes.Keys);
        Assert.Equal(["iris", "rose", "tulip"], Assert.IsType<Classifier>(model).ClassNames);
    }

    private static string PathOf(string name) => Repository.PathOf("tests", "Nabla.Tests", "Persistence", "Files", name + ".safetensors");
}
