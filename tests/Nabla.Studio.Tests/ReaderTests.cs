namespace Nabla.Studio.Tests;

/// <summary>The network that reads drawings: the default one, and corrections with data that do not fit.</summary>
public sealed class ReaderTests
{
    [Fact]
    public async Task A_default_model_that_is_stopped_is_not_waited_for()
    {
        const string why = "it was stopped";
        using var studio = StudioFixture.WithoutModel();
        var coming = await studio.Get("/api/reader");
        Assert.False(coming.TryGetProperty("problem", out _));
        Assert.Equal(0, coming.GetProperty("classes").GetArrayLength());
        int version = studio.Server.Studio.ReaderVersion;
        await studio.Post("/api/run/command", new { command = "stop" });
        await StudioFixture.Until(() => studio.State().State == "stopped");
        Assert.True(studio.Server.Studio.ReaderVersion > version);
        Assert.Contains(why, (await studio.Get("/api/reader")).GetProperty("problem").GetString(), StringComparison.Ordinal);
        var drawing = new { width = 9, height = 9, pen = 1, strokes = new[] { new[] { 1, 1, 5, 5 } } };
        Assert.Contains(why, (await studio.Post("/api/read", drawing)).GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Corrections_need_the_data_of_the_model()
    {
        var digits = Digits.Generate(200, seed: 1);
        var model = Classifier.Train(digits, new TrainingOptions { Hidden = [4], Epochs = 1 });
        Assert.Null(WhyNot(digits));
        Assert.Contains("14 x 56", WhyNot(With(digits, shape: [14, 56])), StringComparison.Ordinal);
        Assert.Contains("9, 8, 7", WhyNot(With(digits, names: [.. digits.Targets.Names.Reverse()])), StringComparison.Ordinal);
        var floats = FeatureTable.FromFloats(new float[200 * 784], 200, 784);
        Assert.Contains("not grey images", WhyNot(With(digits, inputs: floats)), StringComparison.Ordinal);
        Assert.Contains("not at hand", CorrectionSet.WhyNot(new DigitReader(model, "model", null)), StringComparison.Ordinal);

        string? WhyNot(Dataset data) =>
            CorrectionSet.WhyNot(new DigitReader(model, "model", new StudioData("given", "other data", data, data, "", "")));
    }

    [Fact]
    public void Parameters_of_another_network_are_not_copied()
    {
        var plan = new RunPlan("test", () => throw new NotSupportedException(), new TrainingOptions())
        {
            StartFrom = new Network(new Topology([4, 3, 2], Activation.Relu, Activation.Softmax)),
        };
        plan.CopyStartTo(new Network(new Topology([4, 3, 2], Activation.Relu, Activation.Softmax)));
        Assert.Throws<InvalidInputException>(
            () => plan.CopyStartTo(new Network(new Topology([4, 2, 3, 2], Activation.Relu, Activation.Softmax))));
        Assert.Throws<InvalidInputException>(
            () => plan.CopyStartTo(new Network(new Topology([4, 3, 2], Activation.Tanh, Activation.Softmax))));
    }

    private static Dataset With(
        Dataset digits, IReadOnlyList<int>? shape = null, IReadOnlyList<string>? names = null, FeatureTable? inputs = null) =>
        new("other data", inputs ?? digits.Inputs, new ClassTargets(digits.Classes.Labels, names ?? digits.Targets.Names),
            inputShape: shape ?? digits.InputShape);
}
