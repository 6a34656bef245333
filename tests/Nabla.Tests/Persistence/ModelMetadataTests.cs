using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Nabla.Tests;

/// <summary>What a model file may leave out, and what in it is refused by name.</summary>
public class ModelMetadataTests
{
    // Each option that a file can hold, other than its default where there is a choice.
    private static readonly TrainingOptions Full = new()
    {
        Hidden = [3], Layers = [new Layer(3, Activation.Tanh) { Dropout = 0.5f }], Activation = Activation.Tanh, Dropout = 0.25f,
        Loss = Loss.Quadratic, OutputActivation = Activation.Sigmoid,
        Optimizer = new SgdOptions { LearningRate = 0.25f, WeightDecay = 0.5f },
        Schedule = new StepSchedule { Every = 3 }, ClipNorm = 2, ClipValue = 3, BatchSize = 7, Epochs = 3,
        Scaling = Scaling.Standardize, Initialization = Initialization.Xavier,
        Augmentation = new() { Zoom = 0.25f }, Shuffle = false, DropLastBatch = true, Seed = 9,
        LearningRateFactors = new Dictionary<string, float> { ["layers.0.bias"] = 0.5f }, NeuralTangent = true, InputFactorRate = 6,
        KeepBest = true, Patience = 5, ClipPredictions = true, Shards = 4, ShuffleWindow = 30,
        ClassWeights = ClassWeights.From(new Dictionary<string, float> { ["a"] = 2 }),
    };

    public static TheoryData<string> Keys => [.. OptionsJson.Keys.Select(key => key.Name)];

    [Theory, MemberData(nameof(Keys))]
    public void A_missing_training_option_has_its_default(string key)
    {
        var (full, defaults) = (ToJson(Full), ToJson(new TrainingOptions()));
        bool differs = full[key] is { } value && value.ToJsonString() != defaults[key]?.ToJsonString();
        full.Remove(key);
        var read = FromJson(full);
        var changed = typeof(TrainingOptions).GetProperties()
            .Where(property => property.CanWrite && Print(property, read) != Print(property, Full)).ToArray();
        Assert.Equal(differs ? 1 : 0, changed.Length);
        Assert.All(changed, property => Assert.Equal(Print(property, new TrainingOptions()), Print(property, read)));
    }

    [Fact]
    public void Every_training_option_survives_a_file()
    {
        var read = FromJson(ToJson(Full));
        var saved = typeof(TrainingOptions).GetProperties()
            .Where(property => property.CanWrite && property.Name != nameof(TrainingOptions.Threads));
        Assert.All(saved, property =>
        {
            Assert.True(Print(property, Full) != Print(property, new TrainingOptions()), $"Full has the default of {property.Name}.");
            Assert.Equal(Print(property, Full), Print(property, read));
        });
    }

    [Fact]
    public void All_training_options_may_be_missing()
    {
        var read = FromJson([]);
        Assert.All(typeof(TrainingOptions).GetProperties(), property =>
        {
            if (property.CanWrite)
                Assert.Equal(Print(property, new TrainingOptions()), Print(property, read));
        });
    }

    [Fact]
    public void A_format_and_tensors_of_the_default_shape_are_a_model()
    {
        using var files = new TestFiles();
        Write(files["plain"], 784, 512, 10);
        var model = Classifier.Load(files["plain"]);
        Assert.Equal([784, 512, 10], model.Network.Topology.Sizes);
        Assert.Equal([784], model.InputShape);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}"), model.ClassNames);
        Assert.Equal(Scaling.None, model.Preprocessing.Scaling);
        Assert.False(model.TakesBytes);
        Assert.Equal(Activation.Softmax, model.Network.Topology.OutputActivation);
        Assert.Equal(10, model.Predict(new float[784]).Scores.Count);
    }

    [Theory]
    [InlineData("tensor layers.0.weight", "[30, 784], but the metadata require [512, 784]", new[] { 784, 30, 10 })]
    [InlineData("tensor layers.2.weight", "the metadata describe 2 layers", new[] { 784, 512, 40, 10 })]
    [InlineData("its metadata", "0 outputs", new[] { 784, 10 })]
    [InlineData("tensor layers.0.weight", "it is missing, or is not a matrix", new[] { 784 })]
    public void A_format_and_tensors_of_another_shape_are_refused_by_name(string where, string why, int[] sizes)
    {
        using var files = new TestFiles();
        Write(files["plain"], sizes);
        var error = Assert.Throws<InvalidInputException>(() => Classifier.Load(files["plain"]));
        Assert.Contains("plain", error.What, StringComparison.Ordinal);
        Assert.Equal(where, error.Where);
        Assert.Contains(why, error.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nabla.options", "\"seed\":1", "\"sead\":1", "\"sead\"")]
    [InlineData("nabla.options", "\"activation\":\"relu\"", "\"activation\":\"swish\"", "\"swish\" is not an activation")]
    [InlineData(
        "nabla.options", "\"activation\":\"relu\"", "\"activation\":{\"name\":\"elu\",\"slope\":1}", "elu has no parameter \"slope\"")]
    [InlineData("nabla.options", "\"activation\":\"relu\"", "\"activation\":{\"name\":\"elu\",\"alpha\":0}", "The alpha of elu is 0")]
    [InlineData("nabla.options", "\"loss\":\"cross-entropy\"", "\"loss\":\"hinge\"", "\"hinge\" is not a loss")]
    [InlineData("nabla.options", "\"seed\":1", "\"augmentation\":{\"twist\":1}", "no augmentation \"twist\"")]
    [InlineData("nabla.options", "\"seed\":1", "\"augmentation\":{\"zoom\":1}", "The largest zoom is 1")]
    [InlineData("nabla.options", "\"name\":\"adam\"", "\"name\":\"lion\"", "\"lion\" is not an optimizer")]
    [InlineData("nabla.options", "\"beta1\":", "\"beta3\":", "adam has no parameter \"beta3\"")]
    [InlineData("nabla.options", "\"schedule\":\"constant\"", "\"schedule\":\"sawtooth\"", "\"sawtooth\" is not a schedule")]
    [InlineData("nabla.options", "\"activation\":\"relu\"", "\"activation\":null", "\"\" is not an activation")]
    [InlineData("nabla.options", "\"activation\":\"relu\"", "\"activation\":{\"alpha\":1}", "\"name\" is missing")]
    [InlineData("nabla.options", "\"seed\":1", "\"hidden-layers\":[{\"activation\":\"relu\"}]", "\"outputs\" is missing")]
    [InlineData("nabla.options", "\"seed\":1", "\"class-weights\":\"equal\"", "not balanced")]
    [InlineData("nabla.options", "\"seed\":1", "\"class-weights\":1", "is 1, not balanced or an object")]
    [InlineData("nabla.options", "\"seed\":1", "\"class-weights\":{\"a\":-1}", "The weight of class a is -1")]
    [InlineData("nabla.options", "\"init\":\"he\"", "\"init\":\"sparse\"", "\"sparse\" is not an initialization")]
    [InlineData("nabla.model", "\"scaling\":\"", "\"scaling\":\"log-", "\"log-standardize-per-feature\" is not a scaling")]
    [InlineData("nabla.model", "\"task\":\"classification\"", "\"task\":\"ranking\"", "\"ranking\"")]
    [InlineData("nabla.model", "\"inputs\":\"numbers\"", "\"inputs\":\"words\"", "\"words\"")]
    [InlineData("nabla.model", "\"input-shape\":[6]", "\"input-shape\":[-2,-3]", "an input shape of [-2, -3]")]
    [InlineData("nabla.model", "\"input-shape\":[6]", "\"input-shape\":[1000000,1000000]", "an input shape of [1000000, 1000000]")]
    [InlineData("nabla.model", "\"class 1\"", "\"class 2\"", "two outputs have the same name")]
    [InlineData("nabla.model", "\"class 1\"", "null", "an output has no name")]
    [InlineData("format", "nabla-model-1", "nabla-model-9", "nabla-model-1")]
    public void Unknown_words_are_refused_by_name(string key, string what, string instead, string why)
    {
        using var files = new TestFiles();
        Classifier.Train(RandomData.Blobs(30), new TrainingOptions { Hidden = [4], Epochs = 1 }).Save(files["model"]);
        ChangedModel.Replace(files["model"], key, what, instead);
        var error = Assert.Throws<InvalidInputException>(() => Classifier.Load(files["model"]));
        Assert.Contains("model", error.What, StringComparison.Ordinal);
        Assert.Contains(why, error.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nabla.options", "\"activation\":\"relu\"", "\"activation\":{\"name\":\"relu\"}")]
    [InlineData("nabla.options", "\"seed\":1", "\"hidden-layers\":[{\"outputs\":4,\"activation\":\"relu\"}]")]
    [InlineData("nabla.options", "\"seed\":1", "\"neural-tangent\":false,\"keep-best\":false")]
    [InlineData("nabla.model", "\"task\":\"classification\"", "\"task\":null,\"origins\":null")]
    public void What_is_written_at_length_or_null_is_the_same(string key, string what, string instead)
    {
        using var files = new TestFiles();
        var model = Classifier.Train(RandomData.Blobs(30), new TrainingOptions { Hidden = [4], Epochs = 1 });
        model.Save(files["model"]);
        ChangedModel.Replace(files["model"], key, what, instead);
        var loaded = Classifier.Load(files["model"]);
        Assert.Equal(model.Fingerprint, loaded.Fingerprint);
        Assert.Equal(model.Topology.Layers, loaded.Topology.Layers);
        Assert.Equal((false, false), (loaded.Options.NeuralTangent, loaded.Options.KeepBest));
    }

    [Fact]
    public void Balanced_weights_of_classes_survive_a_file()
    {
        var read = FromJson(ToJson(new TrainingOptions { ClassWeights = ClassWeights.Balanced }));
        Assert.Null(read.ClassWeights!.ByName);
        Assert.Null(OptionsJson.Difference(read, new TrainingOptions { ClassWeights = ClassWeights.Balanced }));
        Assert.Equal("class-weights was \"balanced\", and is not given", OptionsJson.Difference(read, new TrainingOptions()));
    }

    /// <summary>Weights [outputs, inputs] and biases of each layer, and no metadata but the format.</summary>
    private static void Write(string path, params int[] sizes)
    {
        var tensors = new List<(string Name, int[] Shape, ReadOnlyMemory<float> Values)>();
        for (int layer = 0; layer < sizes.Length - 1; layer++)
        {
            tensors.Add(($"layers.{layer}.weight", [sizes[layer + 1], sizes[layer]], new float[sizes[layer + 1] * sizes[layer]]));
            tensors.Add(($"layers.{layer}.bias", [sizes[layer + 1]], new float[sizes[layer + 1]]));
        }
        SafetensorsFile.Write(path, new Dictionary<string, string> { ["format"] = "nabla-model-1" }, tensors);
    }

    private static JsonObject ToJson(TrainingOptions options) =>
        JsonNode.Parse(JsonAccess.ToText(json => OptionsJson.Write(options, json)))!.AsObject();

    private static TrainingOptions FromJson(JsonObject json)
    {
        using var document = JsonDocument.Parse(json.ToJsonString());
        return OptionsJson.Read(document.RootElement);
    }

    private static string Print(PropertyInfo property, TrainingOptions options) => property.GetValue(options) switch
    {
        null => "null",
        IEnumerable<KeyValuePair<string, float>> factors => string.Join(", ", factors),
        IEnumerable<int> sizes => string.Join(", ", sizes),
        IEnumerable<Layer> layers => string.Join(", ", layers),
        var value => $"{value}",
    };
}
