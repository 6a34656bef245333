namespace Nabla.Tests;

/// <summary>
/// The digest of a small training run with each kind, the same for every vector width, number of threads and system. CI compares them at
/// five instruction-set levels.
/// </summary>
public class KindBitsTests
{
    private static readonly PinnedDigests Digests = new("KindBitsTests.txt");

    public static TheoryData<string> Optimizers => [.. KindTexts.Variants(OptimizerOptions.All)];

    public static TheoryData<string> Schedules => [.. Schedule.All.Names];

    public static TheoryData<string, string, string> Losses => [..
        from loss in Loss.All
        from output in loss.OutputActivations
        from targets in (string[])["classes", "values"]
        where targets == "classes" ? loss.TakesClasses : loss.TakesValues
        select (loss.Name, output.Name, targets)];

    public static TheoryData<string> Activations => [.. Activation.Elementwise.Names];

    public static TheoryData<string> Initializations => [.. Initialization.All.Names];

    private static TrainingOptions Small => new() { Hidden = [37, 18], Epochs = 2, BatchSize = 50, Seed = 7 };

    [Theory, MemberData(nameof(Optimizers))]
    public void Every_optimizer(string kind) =>
        Check($"optimizer {kind}", Small with { Optimizer = OptimizerOptions.All.Parse(kind).Kind with { WeightDecay = 0.01f } });

    [Theory, MemberData(nameof(Schedules))]
    public void Every_schedule(string kind) => Check($"schedule {kind}", Small with { Schedule = Schedule.All.Get(kind), Epochs = 6 });

    [Theory, MemberData(nameof(Activations))]
    public void Every_activation(string kind) => Check($"activation {kind}", Small with { Activation = Activation.All.Get(kind) });

    [Theory, MemberData(nameof(Initializations))]
    public void Every_initialization(string kind) =>
        Check($"initialization {kind}", Small with { Initialization = Initialization.All.Get(kind) });

    [Theory, MemberData(nameof(Losses))]
    public void Every_loss_with_every_output_and_task(string loss, string output, string targets) =>
        Check(
            $"loss {loss} of {output}, {targets}", Small with { Loss = Loss.All.Get(loss), OutputActivation = Activation.All.Get(output) });

    [Fact]
    public void Label_smoothing_clipping_and_factors() => Check("limits", Small with
    {
        Loss = new CrossEntropyLoss { LabelSmoothing = 0.1f }, ClipNorm = 0.5f, ClipValue = 0.05f,
        LearningRateFactors = new Dictionary<string, float> { ["layers.0.bias"] = 0.1f },
    });

    [Fact]
    public void Input_factors_and_the_neural_tangent_parametrization() => Check("input factors", Small with
    {
        InputFactorRate = 6, NeuralTangent = true, Optimizer = new AdamOptions { WeightDecay = 0.01f },
        LearningRateFactors = new Dictionary<string, float> { ["*.bias"] = 0.1f },
    });

    private static void Check(string name, TrainingOptions options)
    {
        var data = name.EndsWith("values", StringComparison.Ordinal) ? Values() : RandomData.Images(230);
        string[] digests = [.. ((int[])[1, 2, 3, 5]).Select(threads => Digest(data, options with { Threads = threads }))];
        Assert.All(digests, digest => Assert.Equal(digests[0], digest));
        Digests.Check(name, digests[0]);
    }

    private static string Digest(Dataset data, TrainingOptions options)
    {
        var training = Training.Begin(data, options);
        foreach (var epoch in training.Epochs())
            Assert.True(double.IsFinite(epoch.Loss));
        return training.Model.Fingerprint.Split(':')[1][..16];
    }

    /// <summary>Images with three values from 0 to 1 to predict, and with weights.</summary>
    private static Dataset Values()
    {
        var images = RandomData.Images(230);
        var random = new Random(3);
        double[] values = [.. Enumerable.Range(0, 3 * images.Count).Select(_ => random.Next(5) / 4.0)];
        float[] weights = [.. Enumerable.Range(0, images.Count).Select(_ => random.Next(4) / 2f)];
        return new Dataset("values", images.Inputs, new ValueTargets(values, ["a", "b", "c"]), weights);
    }
}
