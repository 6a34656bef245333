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

    private static string Describe(TrainingOptions options) => string.Join(", ", (string[])
    [
        $"hidden [{string.Join(",", options.Hidden)}] {options.Activation}",
        $"{options.ResolveFor(classes: true).OutputActivation} {options.Loss}",
        FormattableString.Invariant($"eta {((SgdOptions)options.Optimizer).LearningRate}"),
        FormattableString.Invariant($"L2 {options.Optimizer.L2}"), $"batches of {options.BatchSize}",
        $"{(options.DropLastBatch ? "dropping" : "keeping")} the last", options.Shuffle ? "shuffled" : "in order",
        $"{options.Epochs} epochs", $"{options.Scaling}", $"{options.Initialization}",
    ]);
}
