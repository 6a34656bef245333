namespace Nabla.Tests;

/// <summary>Model files whose tensors do not fit each other or the metadata.</summary>
public sealed class ModelTensorTests : IDisposable
{
    private const string Offset = "preprocessing.offset", Scale = "preprocessing.scale", Limit = "preprocessing.inverse_limit";

    private static readonly TrainingOptions Small = new() { Hidden = [4], Epochs = 2, BatchSize = 16, Seed = 5 };
    private static readonly Dataset Data = RandomData.Blobs(60);

    private readonly TestFiles files = new();

    private string Model => files["model"];

    public void Dispose() => files.Dispose();

    [Fact]
    public void Inputs_without_scaling_are_used_unchanged()
    {
        var network = new Network(new Topology([2, 2], Activation.Identity, Activation.Softmax));
        network.EditParameters()[0] = 3;
        var model = Classifier.From(network, Preprocessing.Create([0], [1]), ["a", "b"]);
        model.Save(Model);
        ChangedModel.Tensor(Model, Offset, []);
        ChangedModel.Tensor(Model, Scale, []);
        Assert.Equal(model.Predict([0.5f, 1]).Scores, Classifier.Load(Model).Predict([0.5f, 1]).Scores);
    }

    [Fact]
    public void One_of_offset_and_scale_needs_the_other()
    {
        Save(Scaling.StandardizePerFeature);
        ChangedModel.Tensor(Model, Offset, []);
        RequireRefused($"tensor {Offset}", "it is missing");
        Save(Scaling.StandardizePerFeature);
        ChangedModel.Tensor(Model, Scale, []);
        RequireRefused($"tensor {Offset}", "its shape is [6], but the metadata require [1]");
        Save(Scaling.StandardizePerFeature);
        ChangedModel.Tensor(Model, Scale, [1, 6], 1, 1, 1, 1, 1, 1);
        RequireRefused($"tensor {Offset}", "its shape is [6], but the metadata require [1]");
    }

    [Fact]
    public void Limits_are_there_if_the_scaling_has_them()
    {
        Save(Scaling.RobustPerFeature);
        ChangedModel.Tensor(Model, Limit, []);
        RequireRefused(Limit, "inputs are scaled by robust-per-feature, and the limits are missing");
        Save(Scaling.StandardizePerFeature);
        ChangedModel.Tensor(Model, Limit, [6], 1, 1, 1, 1, 1, 1);
        RequireRefused(Limit, "inputs are scaled by standardize-per-feature, and the limits are there");
    }

    [Fact]
    public void Limits_are_those_of_each_feature()
    {
        Save(Scaling.RobustPerFeature);
        ChangedModel.Tensor(Model, Limit, [6], 1, 1, 1, 1, 1, -0.5f);
        RequireRefused(Limit, "a limit is negative");
        Save(Scaling.RobustPerFeature);
        ChangedModel.Tensor(Model, Offset, [1], 0);
        ChangedModel.Tensor(Model, Scale, [1], 1);
        RequireRefused(Scale, "1 scales for 6 features with limits");
        Save(Scaling.RobustPerFeature);
        ChangedModel.Tensor(Model, Limit, [1], 1);
        RequireRefused($"tensor {Limit}", "its shape is [1], but the metadata require [6]");
    }

    [Fact]
    public void A_limit_of_0_is_none()
    {
        Save(Scaling.RobustPerFeature);
        ChangedModel.Tensor(Model, Limit, [6], 0, 0, 0, 0, 0, 0.5f);
        Assert.Equal([0, 0, 0, 0, 0, 0.5f], Classifier.Load(Model).Preprocessing.InverseLimits.ToArray());
    }

    [Theory]
    [InlineData("standardize", "[5]", "1 origins for 1 offsets")]
    [InlineData("standardize", "[5,5,5,5,5,5]", "6 origins for 1 offsets")]
    [InlineData("standardize-per-feature", "[5]", "1 origins for 6 offsets")]
    [InlineData("standardize-per-feature", "[5,5,5,5,5,1e999]", "or one that is not finite")]
    public void Origins_are_those_of_each_feature(string scaling, string origins, string why)
    {
        Save(Nabla.Scaling.All.Get(scaling));
        ChangedModel.Replace(Model, "nabla.model", "\"scaling\":", $"\"origins\":{origins},\"scaling\":");
        RequireRefused("its metadata", why);
    }

    [Fact]
    public void The_scaling_of_targets_may_be_missing()
    {
        var data = new Dataset("values", Data.Inputs, new ValueTargets([.. Enumerable.Range(0, 60).Select(i => 7.0 + i % 5)], ["y"]));
        Regressor.Train(data, Small).Save(Model);
        ChangedModel.Replace(Model, "nabla.model", "\"target-scaling\"", "\"target-scaling-of-a-later-version\"");
        var scaling = Regressor.Load(Model).TargetScaling!;
        Assert.Equal([0.0], scaling.Offsets.ToArray());
        Assert.Equal([1.0], scaling.Scales.ToArray());
    }

    [Fact]
    public void A_layer_that_would_be_ignored_is_refused()
    {
        Classifier.Train(Data, Small with { Hidden = [] }).Save(Model);
        ChangedModel.Tensor(Model, "layers.1.bias", [1], 0);
        RequireRefused("tensor layers.1.bias", "the metadata describe 1 layer, without this tensor");
    }

    [Fact]
    public void The_best_epoch_is_kept_with_the_data_that_measured_it()
    {
        foreach (string instead in new[] { "\"validation\":\"\"", "\"validation\":null", "\"validations\":\"\"" })
        {
            Interrupt(Small with { KeepBest = true, Epochs = 3 }, Data);
            ChangedModel.Replace(Model, "nabla.position", $"\"validation\":\"{Data.Fingerprint}\"", instead);
            var error = Assert.Throws<InvalidInputException>(() => Training.Resume(Model, Data, Data));
            Assert.Contains("the digest of the validation data is missing", error.Why, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_best_epoch_is_found_with_the_same_data()
    {
        Interrupt(Small with { KeepBest = true, Epochs = 3 }, Data);
        var error = Assert.Throws<InvalidInputException>(() => Training.Resume(Model, Data, RandomData.Blobs(61)));
        Assert.Equal("they are not those of before, and the best epoch is found with them", error.Why);
    }

    [Fact]
    public void Learnable_factors_have_the_weights_of_which_they_are_made()
    {
        Interrupt(Small with { InputFactorRate = 2 }, null);
        Assert.NotNull(Training.Resume(Model, Data));
        ChangedModel.Tensor(Model, "optimizer.input-factors", [6], 1, 2, 3, 4, 5, 6);
        var error = Assert.Throws<InvalidInputException>(() => Training.Resume(Model, Data));
        Assert.Equal("the optimizer's state", error.Where);
        Assert.Contains("are not the products of input-factors", error.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_of_the_optimizer_that_is_missing_is_refused()
    {
        Interrupt(Small, null);
        ChangedModel.Tensor(Model, "optimizer.square", []);
        var error = Assert.Throws<InvalidInputException>(() => Training.Resume(Model, Data));
        Assert.Equal(("tensor optimizer.square", "it is missing"), (error.Where, error.Why));
    }

    [Fact]
    public void A_run_of_another_type_of_model_is_not_resumed()
    {
        Interrupt(Small, null);
        var error = Assert.Throws<InvalidInputException>(() => Training<Regressor>.Resume(Model, Data));
        Assert.Equal("it is a model for classification", error.Why);
    }

    private void Save(Scaling scaling) => Classifier.Train(Data, Small with { Scaling = scaling }).Save(Model);

    /// <summary>Saves a run after its first epoch.</summary>
    private void Interrupt(TrainingOptions options, Dataset? validation)
    {
        var training = new Training<Classifier>(Data, options, validation);
        _ = training.Epochs().First();
        training.Save(Model);
    }

    private void RequireRefused(string where, string why)
    {
        var error = Assert.Throws<InvalidInputException>(() => Nabla.Model.Load(Model));
        Assert.Equal(where, error.Where);
        Assert.Contains(why, error.Why, StringComparison.Ordinal);
    }
}
