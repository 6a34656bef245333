namespace Nabla.Tests;

/// <summary>A model written as C# predicts with the same bits.</summary>
public sealed class CSharpExportTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("nabla-export-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static TheoryData<string> HiddenActivations => [.. Activation.Elementwise.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(HiddenActivations))]
    public void Every_activation_has_the_same_bits(string name)
    {
        // One neuron with the weight 1: the output is the activation of the input.
        var activation = Activation.Elementwise.First(kind => kind.Name == name);
        var network = new Network(new Topology(1, [new Layer(1, activation), new Layer(1, Activation.Identity)]));
        float[] parameters = [1, 1, 0, 0];
        parameters.CopyTo(network.EditParameters());
        var model = Regressor.From(network, Preprocessing.Create([0f], [1f]), ["a"]);
        var program = ExportedProgram.Of(model);
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++)
        {
            // Any finite float, and more of those that are neither tiny nor huge.
            float z = i % 2 == 0
                ? (float)(20 * random.NextDouble() - 10)
                : BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
            if (float.IsFinite(z))
                Assert.Equal(BitConverter.DoubleToInt64Bits(model.Predict([z])[0]), BitConverter.DoubleToInt64Bits(program.Values([z])[0]));
        }
    }

    [Fact]
    public void A_classifier_of_bytes()
    {
        var data = RandomData.Images(300);
        var model = Classifier.Train(data, new TrainingOptions { Hidden = [20, 11], Epochs = 3, Seed = 3 });
        var program = ExportedProgram.Of(model);
        var expected = model.Predict(data.Inputs);
        for (int i = 0; i < data.Count; i++)
        {
            float[] scores = program.Scores(data.Inputs.ByteRow(i));
            Assert.Equal(expected[i].Scores, scores);
            Assert.Equal(expected[i].ClassName, program.Label(scores));
        }
    }

    [Fact]
    public void An_ensemble_of_standardized_numbers()
    {
        var data = RandomData.Blobs(200);
        var training = new EnsembleTraining(data, Presets.TableClassification with { Epochs = 3, Seed = 2 }, 3);
        training.Run();
        var model = (Classifier)training.CreateModel();
        Assert.All(model.Members, member => Assert.NotEmpty(member.Preprocessing.InverseLimits.ToArray()));
        var program = ExportedProgram.Of(model);
        for (int i = 0; i < data.Count; i++)
            Assert.Equal(model.Predict(data.Inputs.FloatRow(i)).Scores, program.Scores(data.Inputs.FloatRow(i)));
        float[] far = [1e30f, -1e30f, 3e38f, 0, -0f, 1];
        Assert.Equal(model.Predict(far).Scores, program.Scores(far));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_regressor_with_origins_and_scaled_values(int members)
    {
        double[] features = [.. Enumerable.Range(0, 400).Select(i => 1e9 + (i * 37 % 400) / 16.0)];
        double[] values = [.. features.Chunk(2).SelectMany(x => new[] { 500 + 3 * (x[0] - 1e9) - x[1] + 1e9, x[1] - x[0] })];
        var data = new Dataset("times", FeatureTable.FromDoubles(features, 200, 2), new ValueTargets(values, ["y \"1\"", "z\n\u2028\\"]));
        var options = Presets.TableRegression with { Epochs = 3, Seed = 2, KeepBest = false };
        var model = members == 1 ? Regressor.Train(data, options) : Ensemble(data, options, members);
        Assert.NotEmpty((members == 1 ? model : model.Members[0]).Preprocessing.Origins.ToArray());
        var program = ExportedProgram.Of(model);
        foreach (double[] x in features.Chunk(2))
            Assert.Equal(model.Predict(x), program.Values(x));
        Assert.Equal(model.Predict([1f, 2f]), program.Values([1f, 2f]));
    }

    private static Regressor Ensemble(Dataset data, TrainingOptions options, int members)
    {
        var training = new EnsembleTraining(data, options, members);
        training.Run();
        return (Regressor)training.CreateModel();
    }

    [Fact]
    public void Wrong_examples_are_refused()
    {
        var program = ExportedProgram.Of(Small());
        var error = Assert.Throws<ArgumentException>(() => program.Scores([1f, 2f]));
        Assert.Contains("6 features, not 2", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => program.Scores([1f, 2f, float.NaN, 4f, 5f, 6f]));
    }

    [Fact]
    public void Names_of_classes_cannot_end_a_string()
    {
        string[] names = ["a\"; //", "b\n\u2028\\", "\u202e c", "😀", "\ud83d"];
        var network = new Network(new Topology([2, names.Length], Activation.Relu, Activation.Softmax));
        var program = ExportedProgram.Of(Classifier.From(network, Preprocessing.Create([0f], [1f]), names));
        for (int i = 0; i < names.Length; i++)
        {
            var scores = new float[names.Length];
            scores[i] = 1;
            Assert.Equal(names[i], program.Label(scores));
        }
    }

    [Fact]
    public void A_model_larger_than_all_texts_of_a_program_may_be_compiles()
    {
        // The compiler refuses more than 16 MB of UTF-16.
        var large = new Network(new Topology([1700, 1000, 1], Activation.Relu, Activation.Identity));
        float[] x = new float[1700];
        var parameters = large.EditParameters();
        for (int i = 0; i < parameters.Length; i++)
            parameters[i] = i % 1013 / 1013f - 0.5f;
        Array.Fill(x, 0.25f);
        var model = Regressor.From(large, Preprocessing.Create([0f], [1f]), ["y"]);
        Assert.Equal(model.Predict(x), ExportedProgram.Of(model).Values(x));
    }

    [Fact]
    public void A_model_too_large_for_a_source_file_is_refused()
    {
        var network = new Network(new Topology([40_000, 839], Activation.Relu, Activation.Identity));
        var model = Regressor.From(network, Preprocessing.Create([0f], [1f]), [.. Enumerable.Range(0, 839).Select(i => $"{i}")]);
        var error = Assert.Throws<InvalidInputException>(() => model.ExportCSharp(Path.Combine(folder, "large.cs")));
        Assert.Contains("33560839", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidInputException>(() => model.ExportPython(Path.Combine(folder, "large.py")));
    }

    private static Classifier Small() => Classifier.Train(RandomData.Blobs(60), new TrainingOptions { Hidden = [4], Epochs = 1, Seed = 5 });
}
