namespace Nabla.Tests;

/// <summary>The presets hold the notebook's settings, and what was mended is what docs/notebook.md says.</summary>
public class PresetTests
{
    [Fact]
    public void Exercise_1_has_the_settings_of_the_notebook_and_scaled_weights() => Assert.Equal(
        "hidden [30] sigmoid, sigmoid quadratic, eta 0.5, L2 0, batches of 100, "
            + "dropping the last, in order, 50 epochs, standardize-per-feature, scaled",
        Describe(Presets.Exercise1));

    [Fact]
    public void Exercise_2_has_the_settings_of_the_notebook_and_scaled_weights() => Assert.Equal(
        "hidden [30] sigmoid, sigmoid quadratic, eta 0.2, L2 0.0001, batches of 100, "
            + "dropping the last, in order, 100 epochs, standardize-per-feature, scaled",
        Describe(Presets.Exercise2));

    [Fact]
    public void As_printed_differs_from_exercise_2_in_the_derivative_and_the_initial_weights_alone()
    {
        Assert.Equal(Activation.SigmoidAsPrinted, Presets.AsPrinted.Activation);
        Assert.Equal(Activation.SigmoidAsPrinted, Presets.AsPrinted.OutputActivation);
        Assert.Equal(Initialization.StandardNormal, Presets.AsPrinted.Initialization);
        Assert.Equal(
            Presets.Exercise2,
            Presets.AsPrinted with { Activation = Activation.Sigmoid, OutputActivation = null, Initialization = Initialization.Scaled });
    }

    [Fact]
    public void Table_has_the_settings_of_the_paper()
    {
        var (classes, values) = (Presets.TableClassification, Presets.TableRegression);
        Assert.Equal(
            "neural tangent, input-factor-rate 6, batches of 256, 256 epochs, best epoch kept, seed 1",
            string.Join(", ", classes.ToString().Split(", ")[^6..]));
        Assert.Equal((Schedule.CosLog4, Scaling.RobustPerFeature), (classes.Schedule, classes.Scaling));
        Assert.Equal(Initialization.ScaledZeroOutput, classes.Initialization);
        Assert.Equal(new AdamOptions { LearningRate = 0.04f, Beta1 = 0.9f, Beta2 = 0.95f }, classes.Optimizer);
        Assert.Equal(new CrossEntropyLoss { LabelSmoothing = 0.1f }, classes.Loss);
        Assert.Equal(
            classes, values with
            {
                ClipPredictions = false,
                Activation = Activation.Selu,
                Loss = classes.Loss,
                Optimizer = ((AdamOptions)values.Optimizer) with { LearningRate = 0.04f },
            });
        Assert.Equal(
            (0.07f, Activation.Mish, null, true),
            (values.Optimizer.LearningRate, values.Activation, values.Loss, values.ClipPredictions));
        var topology = (classes with { OutputActivation = Activation.Softmax }).Topology(100, 3);
        Assert.Equal(
            [0.1f, 1 / 16f, 1 / 16f, 1 / 16f, 0.1f, 0.1f, 0.1f, 0.1f], topology.Blocks.Select(block => block.LearningRateFactor));
        Assert.Same(values, Presets.All["table"].For(new ValueTargets([1.0], ["y"])));
        Assert.Same(classes, Presets.All["table"].For(new ClassTargets([0], ["a"])));
    }

    [Fact]
    public void Table_learns_a_few_examples()
    {
        var (train, validation) = DatasetSplit.HoldOut(RandomData.Blobs(150), 0.2, seed: 1);
        var model = Classifier.Train(train, Presets.TableClassification with { Epochs = 20 }, validation);
        Assert.Equal(1, model.Evaluate(validation).Accuracy);
    }

    private static string Describe(TrainingOptions options) => string.Join(", ", (string[])
    [
        $"hidden [{string.Join(",", options.Hidden)}] {options.Activation}",
        $"{options.ResolveFor(classes: true).OutputActivation} {options.Loss}",
        FormattableString.Invariant($"eta {((SgdOptions)options.Optimizer).LearningRate}"),
        FormattableString.Invariant($"L2 {options.Optimizer.WeightDecay}"), $"batches of {options.BatchSize}",
        $"{(options.DropLastBatch ? "dropping" : "keeping")} the last", options.Shuffle ? "shuffled" : "in order",
        $"{options.Epochs} epochs", $"{options.Scaling}", $"{options.Initialization}",
    ]);
}
