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
        Assert.Contains(why, (await studio.Post("/api/read", Drawing)).GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Corrections_need_the_data_of_the_model()
    {
        var digits = Digits.Generate(200, seed: 1);
        var model = Train(digits);
        Assert.Null(WhyNot(digits));
        Assert.Contains("14 x 56", WhyNot(With(digits, shape: [14, 56])), StringComparison.Ordinal);
        Assert.Contains("9, 8, 7", WhyNot(With(digits, names: [.. digits.Targets.Names.Reverse()])), StringComparison.Ordinal);
        var floats = FeatureTable.FromFloats(new float[200 * 784], 200, 784);
        Assert.Contains("not grey images", WhyNot(With(digits, inputs: floats)), StringComparison.Ordinal);
        Assert.Contains("not at hand", CorrectionSet.WhyNot(new DigitReader(model, "model", null)), StringComparison.Ordinal);

        string? WhyNot(Dataset data) =>
            CorrectionSet.WhyNot(new DigitReader(model, "model", new StudioData("other data", data, data, "", "")));
    }

    [Fact]
    public async Task Corrections_wait_for_a_network_that_they_fit()
    {
        var digits = Digits.Generate(200, seed: 1);
        var tall = new DigitReader(Train(With(digits, shape: [56, 14])), "tall", null);
        var reversed = new DigitReader(Train(With(digits, names: [.. digits.Targets.Names.Reverse()])), "reversed", null);
        using var studio = StudioFixture.WithoutModel();
        var usual = new DigitReader(Train(digits), "usual", null);
        foreach (var reader in new[] { usual, tall, reversed, usual })
        {
            studio.Server.Studio.SetReader(reader);
            await studio.Post("/api/corrections", new { drawing = Drawing, label = 3 });
        }
        Assert.Equal(2, await Kept(usual));
        Assert.Equal(1, await Kept(tall));
        Assert.Equal(14, (await studio.Get("/api/reader")).GetProperty("columns").GetInt32());
        await studio.Post("/api/corrections/clear", new { });
        Assert.Equal(0, await Kept(tall));
        Assert.Equal(1, await Kept(reversed));
        Assert.Equal(2, await Kept(usual));

        async Task<int> Kept(DigitReader reader)
        {
            studio.Server.Studio.SetReader(reader);
            return (await studio.Get("/api/reader")).GetProperty("corrections").GetArrayLength();
        }
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

    private static object Drawing => new { width = 9, height = 9, pen = 1, strokes = new[] { new[] { 1, 1, 5, 5 } } };

    private static Classifier Train(Dataset data) => Classifier.Train(data, new TrainingOptions { Hidden = [4], Epochs = 1 });

    private static Dataset With(
        Dataset digits, IReadOnlyList<int>? shape = null, IReadOnlyList<string>? names = null, FeatureTable? inputs = null) =>
        new("other data", inputs ?? digits.Inputs, new ClassTargets(digits.Classes.Labels, names ?? digits.Targets.Names),
            inputShape: shape ?? digits.InputShape);
}
