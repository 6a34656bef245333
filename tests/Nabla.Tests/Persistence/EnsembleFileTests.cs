using System.Text.Json.Nodes;

namespace Nabla.Tests;

/// <summary>Files of ensembles, and what is refused in them.</summary>
public sealed class EnsembleFileTests : IDisposable
{
    private static readonly TrainingOptions Small = new() { Hidden = [4], Epochs = 2, BatchSize = 16, Seed = 5 };

    private readonly string path = Path.Combine(Directory.CreateTempSubdirectory("nabla-ensemble-").FullName, "model.safetensors");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

    private static Model Train(Dataset data, int members = 3)
    {
        var training = new EnsembleTraining(data, Small, members);
        training.Run();
        return training.CreateModel();
    }

    [Fact]
    public void A_classifier_is_the_same_after_loading()
    {
        var data = RandomData.Blobs(60);
        var model = (Classifier)Train(data);
        model.Notes["note"] = "text";
        model.Save(path);
        var loaded = Classifier.Load(path);
        Assert.Equal(3, loaded.Members.Count);
        Assert.Equal(model.Fingerprint, loaded.Fingerprint);
        Assert.Equal(model.ToString(), loaded.ToString());
        Assert.Equal("text", loaded.Notes["note"]);
        Assert.Equal(model.Predict(data.Inputs).SelectMany(p => p.Scores), loaded.Predict(data.Inputs).SelectMany(p => p.Scores));
        Assert.Equal(model.Options.Seed, loaded.Options.Seed);
        Assert.Equal(model.Members.Select(member => member.Options.Seed), loaded.Members.Select(member => member.Options.Seed));
        Assert.Equal(SavedAgain(loaded), File.ReadAllBytes(path));
    }

    [Fact]
    public void A_regressor_is_the_same_after_loading_with_origins_and_target_scaling()
    {
        // Large numbers that differ little: each member has its own origins.
        double[] features = [.. Enumerable.Range(0, 120).Select(i => 1e9 + (i * 37 % 120) / 16.0)];
        double[] values = [.. features.Chunk(2).Select(x => 500 + 3 * (x[0] - 1e9) - x[1] + 1e9)];
        var data = new Dataset("times", FeatureTable.FromDoubles(features, 60, 2), new ValueTargets(values, ["y"]));
        var model = (Regressor)Train(data);
        Assert.All(model.Members, member => Assert.NotEmpty(member.Preprocessing.Origins.ToArray()));
        model.Save(path);
        var loaded = (Regressor)Model.Load(path);
        Assert.Equal(model.Predict(data.Inputs), loaded.Predict(data.Inputs));
        Assert.Equal(model.Evaluate(data), loaded.Evaluate(data));
        Assert.Equal(SavedAgain(loaded), File.ReadAllBytes(path));
        Assert.Throws<InvalidInputException>(() => Classifier.Load(path));
    }

    [Fact]
    public void An_ensemble_is_not_resumed()
    {
        var data = RandomData.Blobs(60);
        Train(data).Save(path);
        var error = Assert.Throws<InvalidInputException>(() => Training.Resume(path, data));
        Assert.Contains("an ensemble of 3 networks, whose", error.Why, StringComparison.Ordinal);
        ChangedModel.Write(path, (tensors, metadata) =>
        {
            tensors.RemoveAll(tensor => !tensor.Name.StartsWith("members.0.", StringComparison.Ordinal));
            metadata["nabla.model"] = Changed(metadata["nabla.model"], model =>
            {
                model["members"]!.AsArray().RemoveAt(2);
                model["members"]!.AsArray().RemoveAt(1);
            });
        });
        error = Assert.Throws<InvalidInputException>(() => Training.Resume(path, data));
        Assert.Contains("an ensemble of 1 network, whose", error.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_history_of_other_members_is_refused()
    {
        Train(RandomData.Blobs(60)).Save(path);
        RequireRefusedAfter("it has 3 members, and the history of 2", (_, metadata) => metadata["nabla.history"] = Changed(
            metadata["nabla.history"], history => history["members"]!.AsArray().RemoveAt(0)));
    }

    [Fact]
    public void The_message_counts_members_and_layers()
    {
        Train(RandomData.Blobs(60), members: 2).Save(path);
        RequireRefusedAfter(
            "the metadata describe 2 members of 2 layers,", (tensors, _) => tensors.Add(("members.9.layers.0.bias", [1], new float[1])));
        Train(RandomData.Blobs(60), members: 2).Save(path);
        RequireRefusedAfter("the metadata describe 1 member of 1 layer,", (tensors, metadata) =>
        {
            tensors.RemoveAll(tensor => tensor.Name is "members.0.layers.0.weight" or "members.0.layers.0.bias");
            tensors.Add(("members.0.layers.0.weight", [3, 6], new float[18]));
            tensors.Add(("members.0.layers.0.bias", [3], new float[3]));
            metadata["nabla.model"] = Changed(metadata["nabla.model"], model => model["members"]!.AsArray().RemoveAt(1));
            metadata["nabla.options"] = Changed(metadata["nabla.options"], options => options["layers"] = new JsonArray());
        });
    }

    [Fact]
    public void A_tensor_that_is_missing_is_refused()
    {
        RequireRefused("it is missing", tensors => tensors.RemoveAll(tensor => tensor.Name == "members.1.layers.1.bias"));
        RequireRefused(
            "it is missing", tensors => tensors.RemoveAll(tensor => tensor.Name.StartsWith("members.2.", StringComparison.Ordinal)));
        RequireRefused("preprocessing.", tensors => tensors.RemoveAll(tensor => tensor.Name == "members.2.preprocessing.scale"));
    }

    [Fact]
    public void A_member_of_another_shape_is_refused() => RequireRefused("its shape is [5, 6]", tensors =>
    {
        int place = tensors.FindIndex(tensor => tensor.Name == "members.2.layers.0.weight");
        tensors[place] = (tensors[place].Name, [5, 6], new float[30]);
    });

    [Fact]
    public void A_weight_that_is_not_finite_is_refused() => RequireRefused("is not a finite number", tensors =>
    {
        int place = tensors.FindIndex(tensor => tensor.Name == "members.2.layers.1.bias");
        tensors[place] = (tensors[place].Name, [3], new float[] { 0, float.NaN, 0 });
    });

    [Theory]
    [InlineData("members.3.layers.0.weight")]
    [InlineData("members.1.layers.2.bias")]
    [InlineData("members.-1.layers.0.weight")]
    [InlineData("layers.0.weight")]
    public void A_tensor_that_would_be_ignored_is_refused(string name) =>
        RequireRefused("without this tensor", tensors => tensors.Add((name, [1], new float[1])));

    [Fact]
    public void A_number_of_members_that_the_file_does_not_have_is_refused()
    {
        RequireRefused("without this tensor", model => model["members"]!.AsArray().RemoveAt(2));
        RequireRefused("it is missing", model =>
        {
            for (int i = 0; i < 100_000; i++)
                model["members"]!.AsArray().Add(new JsonObject { ["seed"] = 1 });
        });
    }

    [Fact]
    public void Metadata_of_members_that_are_wrong_are_refused()
    {
        RequireRefused("empty list", model => model["members"] = new JsonArray());
        RequireRefused("metadata", model => model["members"] = 3);
        RequireRefused("metadata", model => model["members"]![0] = 1);
        RequireRefused("\"seed\" is missing", model => model["members"]![1] = new JsonObject());
        RequireRefused("metadata", model => model["members"]![1]!["seed"] = -1);
        RequireRefused("origins for", model => model["members"]![1]!["origins"] = new JsonArray(1, 2));
        RequireRefused("what only a single network has", model => model["origins"] = new JsonArray(1, 2));
        RequireRefused("it is missing", model => model.Remove("members"));
    }

    [Fact]
    public void A_target_scaling_of_another_size_is_refused()
    {
        Train(EnsembleData.Values(40)).Save(path);
        RequireRefusedAfter("the scaling of 1 targets for 2 outputs", (_, metadata) => metadata["nabla.model"] = Changed(
            metadata["nabla.model"],
            model => model["members"]![1]!["target-scaling"] =
                new JsonObject { ["offset"] = new JsonArray(0), ["scale"] = new JsonArray(1) }));
    }

    [Fact]
    public void A_position_is_refused()
    {
        Train(RandomData.Blobs(60)).Save(path);
        RequireRefusedAfter("what only a single network has", (_, metadata) =>
            metadata["nabla.position"] = """{"epoch":0,"batch":1,"examples":16,"loss-sum":1,"data":""}""");
    }

    private byte[] SavedAgain(Model model)
    {
        string again = path + ".again";
        model.Save(again);
        return File.ReadAllBytes(again);
    }

    private static string Changed(string json, Action<JsonObject> change)
    {
        var model = JsonNode.Parse(json)!.AsObject();
        change(model);
        return model.ToJsonString();
    }

    private void RequireRefused(string why, Action<List<(string Name, int[] Shape, ReadOnlyMemory<float> Values)>> change)
    {
        Train(RandomData.Blobs(60)).Save(path);
        RequireRefusedAfter(why, (tensors, _) => change(tensors));
    }

    private void RequireRefused(string why, Action<JsonObject> change)
    {
        Train(RandomData.Blobs(60)).Save(path);
        RequireRefusedAfter(why, (_, metadata) => metadata["nabla.model"] = Changed(metadata["nabla.model"], change));
    }

    private void RequireRefusedAfter(
        string why, Action<List<(string Name, int[] Shape, ReadOnlyMemory<float> Values)>, Dictionary<string, string>> change)
    {
        ChangedModel.Write(path, change);
        Assert.Contains(why, Assert.Throws<InvalidInputException>(() => Model.Load(path)).Message, StringComparison.Ordinal);
    }
}
