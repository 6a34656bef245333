using System.Text.Json;
using Nabla.Tests.Shared;

namespace Nabla.Acceptance.Tests;

/// <summary>The results that the documents promise on MNIST, through the command line. Slow: only `.ci/run` runs these tests.</summary>
public sealed class MnistTests : IDisposable
{
    private readonly NablaProcess nabla = new();
    private readonly string data = Repository.SharedOrSkip("data");

    public MnistTests() => nabla.Environment["NABLA_DATA"] = data;

    public void Dispose() => nabla.Dispose();

    public static MatrixTheoryData<string, int> PresetsAndSeeds => new(["default", "fast"], [1, 2, 3, 4, 5]);

    [Theory(Explicit = true), MemberData(nameof(PresetsAndSeeds))]
    public void A_preset_reaches_98_percent(string preset, int seed) =>
        Assert.InRange(nabla.Train($"mnist --preset {preset} --seed {seed}").Accuracy, 0.980, 1);

    [Theory(Explicit = true)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void As_printed_follows_the_table_of_the_notebook(int seed)
    {
        double[] printed =
        [
            0.7756, 0.8308, 0.8479, 0.8555, 0.8614, 0.8680, 0.8710, 0.8715, 0.8739, 0.8768, 0.8784, 0.8806,
            0.8814, 0.8824, 0.8839, 0.8849, 0.8856, 0.8859, 0.8863, 0.8870, 0.8876, 0.8887, 0.8891, 0.8892,
            0.8893, 0.8897, 0.8903, 0.8898, 0.8889, 0.8882, 0.8883, 0.8892, 0.8894, 0.8900, 0.8896, 0.8900,
        ];
        double[] accuracies = nabla.Train($"mnist --preset as-printed --epochs 36 --seed {seed}").Accuracies;
        double difference = printed.Zip(accuracies, (a, b) => Math.Abs(a - b)).Average();
        TestContext.Current.TestOutputHelper?.WriteLine($"mean absolute difference {difference:0.0000}");
        Assert.Equal(printed.Length, accuracies.Length);
        Assert.InRange(difference, 0, 0.004);
    }

    [Theory(Explicit = true)]
    [InlineData("exercise-1")]
    [InlineData("exercise-2")]
    public void The_exercises_reach_90_percent_in_five_epochs(string preset) =>
        Assert.InRange(nabla.Train($"mnist --preset {preset} --epochs 5").Accuracy, 0.90, 1);

    [Theory(Explicit = true)]
    [InlineData("exercise-1")]
    [InlineData("exercise-2")]
    public void Both_engines_reach_the_same_accuracy(string preset)
    {
        double fast = nabla.Train($"mnist --preset {preset} --epochs 3 --engine vectorized").Accuracy;
        double slow = nabla.Train($"mnist --preset {preset} --epochs 3 --engine per-example").Accuracy;
        Assert.Equal(slow, fast, 0.002);
    }

    [Fact(Explicit = true)]
    public void A_saved_model_has_the_accuracy_that_training_reported()
    {
        var training = nabla.Train("mnist --epochs 2 --seed 3 --out model.safetensors");
        Assert.Equal(training.Accuracy, NablaProcess.Number(nabla.Succeed("evaluate model.safetensors mnist"), "Accuracy: "));
    }

    [Fact(Explicit = true)]
    public void Predictions_have_the_accuracy_that_training_reported()
    {
        var training = nabla.Train("mnist --epochs 2 --seed 3 --out model.safetensors");
        string archive = Path.Combine(data, "mnist.npz");
        // In an archive with several arrays, predict uses x_test.
        JsonElement[] predictions = NablaProcess.Lines(nabla.Succeed($"predict model.safetensors \"{archive}\" --json"));
        using var arrays = NpzReader.Open(archive);
        byte[] labels = arrays.Read("y_test").ToBytes();
        Assert.Equal(labels.Length, predictions.Length);
        int correct = labels.Zip(predictions).Count(pair => pair.Second.GetProperty("label").GetString() == $"{pair.First}");
        Assert.Equal(training.Accuracy, (double)correct / labels.Length);
    }

    [Theory(Explicit = true)]
    [InlineData("ring")]
    [InlineData("speck")]
    [InlineData("thin1-300")]
    [InlineData("thin2-300")]
    [InlineData("thin5-1000")]
    [InlineData("thin10-1000")]
    public void Digits_with_specks_or_of_thin_lines_are_read(string name)
    {
        string folder = Repository.SharedOrSkip("cases", "45-specks-thin", name);
        nabla.Train("mnist --out model.safetensors");
        string files = string.Join(' ', Enumerable.Range(0, 10).Select(digit => Path.Combine(folder, $"{digit}.png")));
        JsonElement[] predictions = NablaProcess.Lines(nabla.Succeed($"predict model.safetensors {files} --json"));
        Assert.InRange(predictions.Index().Count(pair => pair.Item.GetProperty("label").GetString() == $"{pair.Index}"), 9, 10);
    }

    [Fact(Explicit = true)]
    public void Python_computes_the_same_accuracy_from_the_model_file()
    {
        Python.SkipWithoutNumPy();
        var training = nabla.Train("mnist --epochs 2 --seed 3 --out model.safetensors");
        string model = Path.Combine(nabla.Folder, "model.safetensors");
        string recomputed = Python.Run(Path.Combine(AppContext.BaseDirectory, "recompute.py"), model, Path.Combine(data, "mnist.npz"));
        Assert.Equal(training.Accuracy, NablaProcess.Number(recomputed, "Accuracy: "));
    }

    [Fact(Explicit = true)]
    public void A_network_trained_on_digits_reaches_80_percent_on_mnist()
    {
        var training = nabla.Train("digits --out digits.safetensors");
        double accuracy = NablaProcess.Number(nabla.Succeed($"evaluate {training.Model} mnist"), "Accuracy: ");
        TestContext.Current.TestOutputHelper?.WriteLine($"trained on digits: {training.Accuracy} on digits, {accuracy} on MNIST");
        Assert.InRange(accuracy, 0.80, 1);
    }
}
