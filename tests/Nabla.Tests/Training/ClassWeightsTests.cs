namespace Nabla.Tests;

public sealed class ClassWeightsTests : IDisposable
{
    private static readonly Dataset Data = RandomData.Blobs(100);

    private static readonly TrainingOptions Small = new() { Hidden = [5], Epochs = 2, BatchSize = 16 };

    private readonly TestFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void Balanced_weights_are_those_of_scikit_learn()
    {
        // 4 examples of 2 classes that occur: 4 / (2 * 3) and 4 / (2 * 1). The third class has no example.
        var data = Dataset.From(new float[,] { { 0 }, { 1 }, { 2 }, { 3 } }, new ClassTargets([0, 0, 1, 0], ["a", "b", "c"]));
        Assert.Equal([2 / 3f, 2 / 3f, 2f, 2 / 3f], ClassWeights.Balanced.ApplyTo(data).Weights);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Class_weights_train_as_weights_of_the_examples(bool hasWeights)
    {
        float[] own = hasWeights ? [.. Enumerable.Range(0, 100).Select(i => i % 3 / 2f)] : [];
        var data = Data.WithWeights(own);
        var classes = ClassWeights.From(new Dictionary<string, float> { ["class 1"] = 2.5f, ["class 2"] = 0 });
        float[] weights = new float[100];
        for (int i = 0; i < 100; i++)
            weights[i] = (hasWeights ? own[i] : 1) * data.Classes.Labels[i] switch { 1 => 2.5f, 2 => 0, _ => 1 };
        string expected = Classifier.Train(data.WithWeights(weights), Small).Fingerprint;
        Assert.Equal(expected, Classifier.Train(data, Small with { ClassWeights = classes }).Fingerprint);
        Assert.NotEqual(expected, Classifier.Train(data, Small).Fingerprint);
    }

    [Fact]
    public void An_interrupted_run_resumes_with_the_data_and_the_weights()
    {
        var options = Small with { ClassWeights = ClassWeights.From(new Dictionary<string, float> { ["class 0"] = 3 }) };
        var part = new Training<Classifier>(Data, options);
        Assert.Single(part.Epochs().Take(1));
        part.Save(files["part"]);
        var resumed = Training<Classifier>.Resume(files["part"], Data);
        Assert.Single(resumed.Epochs());
        Assert.Equal(Classifier.Train(Data, options).Fingerprint, resumed.Model.Fingerprint);
    }

    [Fact]
    public void Weights_that_do_not_suit_the_data_are_refused()
    {
        Refused("no class \"class 7\"", Data, Named("class 7", 2));
        float[] onlyOne = [.. Data.Classes.Labels.ToArray().Select(label => label == 1 ? 1f : 0f)];
        Refused("have the weight 0", Data.WithWeights(onlyOne), Named("class 1", 0));
        var values = Dataset.From(new float[,] { { 0 }, { 1 } }, new ValueTargets([0.0, 1.0], ["y"]));
        Assert.Contains(
            "no classes to weight",
            Assert.Throws<InvalidOptionException>(
                () => Regressor.Train(values, Small with { ClassWeights = ClassWeights.Balanced })).Message,
            StringComparison.Ordinal);
        foreach (float weight in (float[])[-1, float.NaN, float.PositiveInfinity])
            Assert.Throws<InvalidOptionException>(() => Named("class 0", weight));
        Assert.Throws<InvalidOptionException>(() => ClassWeights.From(new Dictionary<string, float>()));

        void Refused(string why, Dataset data, ClassWeights weights) => Assert.Contains(
            why, Assert.Throws<InvalidOptionException>(() => Classifier.Train(data, Small with { ClassWeights = weights })).Message,
            StringComparison.Ordinal);

        ClassWeights Named(string name, float weight) => ClassWeights.From(new Dictionary<string, float> { [name] = weight });
    }

    [Fact]
    public void They_print_as_the_command_line_has_them()
    {
        Assert.Equal("balanced", $"{ClassWeights.Balanced}");
        Assert.Equal("a=2,b=0.5", $"{ClassWeights.From(new Dictionary<string, float> { ["a"] = 2, ["b"] = 0.5f })}");
    }
}
