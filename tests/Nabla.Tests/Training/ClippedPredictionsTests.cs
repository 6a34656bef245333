namespace Nabla.Tests;

public sealed class ClippedPredictionsTests : IDisposable
{
    private static readonly TrainingOptions Small = new() { Hidden = [], Epochs = 60, BatchSize = 8, ClipPredictions = true };

    private readonly TestFiles files = new();

    public void Dispose() => files.Dispose();

    // y = 3 x and z = -x, for x from -1 to 2.
    private static readonly Dataset Lines = Dataset.From(
        new float[,] { { -1 }, { 0 }, { 1 }, { 2 } }, new ValueTargets([-3.0, 1, 0, 0, 3, -1, 6, -2], ["y", "z"]));

    [Fact]
    public void Predictions_stay_within_the_range_of_the_training_targets()
    {
        var model = Regressor.Train(Lines, Small with { Optimizer = new AdamOptions { LearningRate = 0.1f } });
        var free = Regressor.Train(Lines, model.Options with { ClipPredictions = false });
        Assert.Equal(free.Fingerprint, model.Fingerprint);
        Assert.True(free.Predict([100f])[0] > 50);
        Assert.Equal([6.0, -2.0], model.Predict([100f]));
        Assert.Equal([-3.0, 1.0], model.Predict([-100f]));
        Assert.Equal(free.Predict([0.5f]), model.Predict([0.5f]));
        Assert.Equal([6.0, -2.0], model.Predict(FeatureTable.FromFloats([1e6f], 1, 1))[0]);
        Assert.Equal([-3.0, -2.0], model.TargetScaling!.Minima.ToArray());
        Assert.True(model.TargetScaling.Maxima.SequenceEqual([6.0, 1.0]));

        model.Save(files["model"]);
        Assert.Equal([6.0, -2.0], Regressor.Load(files["model"]).Predict([100f]));
    }

    [Fact]
    public void The_error_is_that_of_clipped_predictions()
    {
        var model = Regressor.Train(Lines, Small with { Optimizer = new AdamOptions { LearningRate = 0.1f } });
        var far = Dataset.From(new float[,] { { 50 } }, new ValueTargets([6.0, -2.0], ["y", "z"]));
        Assert.Equal(0, model.Evaluate(far).RootMeanSquaredError);
    }

    [Fact]
    public void Classes_have_no_range()
    {
        var error = Assert.Throws<InvalidOptionException>(() => Classifier.Train(RandomData.Blobs(20), Small));
        Assert.Contains("no values whose predictions could be clipped", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"min\":[-3,-2]", "\"min\":[7,-2]")]
    [InlineData("\"min\":[-3,-2]", "\"min\":[-3]")]
    [InlineData("\"min\":[-3,-2]", "\"least\":[-3,-2]")]
    [InlineData("\"max\":[6,1]", "\"max\":[6,1e999]")]
    public void A_range_that_cannot_be_is_refused(string what, string instead)
    {
        Regressor.Train(Lines, Small).Save(files["model"]);
        ChangedModel.Replace(files["model"], "nabla.model", what, instead);
        Assert.Throws<InvalidInputException>(() => Regressor.Load(files["model"]));
    }
}
