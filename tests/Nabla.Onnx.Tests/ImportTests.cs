using System.Text.Json;
using Nabla.Tests.Shared;

namespace Nabla.Onnx.Tests;

/// <summary>Perceptrons of scikit-learn and PyTorch, and Nabla's own exports, become models.</summary>
public sealed class ImportTests
{
    private const double Tolerance = 1e-6;

    private static string Exports { get; } = Repository.PathOf("tests", "Nabla.Onnx.Tests", "Exports");

    [Theory]
    [InlineData("torch-regression", "value1 value2")]
    [InlineData("torch-image", "0 1 2")]
    [InlineData("torch-log-softmax", "0 1 2 3")]
    [InlineData("torch-logits", "a b c d", "a b c d")]
    [InlineData("sklearn-three-classes", "high low middle")]
    [InlineData("sklearn-two-classes", "3 7")]
    [InlineData("sklearn-two-names", "no yes")]
    [InlineData("sklearn-values", "value")]
    [InlineData("sklearn-doubles", "value")]
    public void Exports_of_other_libraries_predict_the_same(string name, string outputs, string classes = "")
    {
        var options = new OnnxImportOptions { ClassNames = classes.Split(' ', StringSplitOptions.RemoveEmptyEntries) };
        var model = OnnxModel.Load(Path.Combine(Exports, $"{name}.onnx"), options);
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(Exports, $"{name}.json")));
        double[][] inputs = Rows(file.RootElement.GetProperty("inputs")), expected = Rows(file.RootElement.GetProperty("outputs"));
        Assert.Equal(20, expected.Take(20).Count());
        for (int i = 0; i < inputs.Length; i++)
        {
            double[] actual = Outputs(model, inputs[i]);
            Assert.Equal(expected[i].Length, actual.Length);
            for (int k = 0; k < actual.Length; k++)
                RequireNear(expected[i][k], actual[k], $"{name} {i}");
            if (file.RootElement.TryGetProperty("labels", out var labels))
                Assert.Equal(labels[i].GetString(), ((Classifier)model).Predict((ReadOnlySpan<double>)inputs[i]).ClassName);
        }
        var names = model is Classifier classifier ? classifier.ClassNames : ((Regressor)model).TargetNames;
        Assert.Equal(outputs, string.Join(' ', names));
    }

    [Fact]
    public void An_image_keeps_its_shape()
    {
        Assert.Equal([1, 3, 4], OnnxModel.Load(Path.Combine(Exports, "torch-image.onnx")).InputShape);
    }

    [Fact]
    public void Models_that_Nabla_exported_come_back()
    {
        using var folder = new TemporaryFolder();
        int done = 0;
        for (int seed = 1; seed < 80; seed++)
        {
            var (model, inputs) = new RandomModels(seed).Create(30);
            if (model.Members.Count > 0 || model.Preprocessing.InverseLimits.Length > 0)
                continue;
            model.ExportOnnx(folder.File("model.onnx"));
            var back = OnnxModel.Load(folder.File("model.onnx"));
            Assert.Equal(model.Task, back.Task);
            Assert.Equal(model.InputShape, back.InputShape);
            Assert.Equal(model.TakesBytes, back.TakesBytes);
            Assert.Equal(
                model.Topology.Layers.Select(layer => Printed(layer.Activation)),
                back.Topology.Layers.Select(layer => layer.Activation.ToString()));
            Assert.Equal(model.Network.Parameters.ToArray(), back.Network.Parameters.ToArray());
            RequireSame(model, back, inputs, seed);
            done++;
        }
        Assert.True(done > 20, $"Only {done} models were compared.");
    }

    [Fact]
    public void An_ensemble_is_refused_with_its_reason()
    {
        using var folder = new TemporaryFolder();
        var model = ExportTests.ThreeClasses();
        Classifier.Average([model, model]).ExportOnnx(folder.File("model.onnx"));
        var error = Assert.Throws<InvalidInputException>(() => OnnxModel.Load(folder.File("model.onnx")));
        Assert.Contains("node mean (Div)", error.Where, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("digits.npz", "PK\u0003\u0004")]
    [InlineData("page.html", "<!doctype html><html></html>")]
    [InlineData("empty.onnx", "")]
    public void Other_files_are_refused(string name, string content)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File(name), content);
        var error = Assert.Throws<InvalidInputException>(() => OnnxModel.Load(folder.File(name)));
        Assert.Contains(name, error.What, StringComparison.Ordinal);
    }

    private static string Printed(Activation activation) => activation == Activation.SigmoidAsPrinted ? "sigmoid" : activation.ToString();

    private static void RequireSame(Model model, Model back, FeatureTable inputs, int seed)
    {
        double[] expected = All(model, inputs), actual = All(back, inputs);
        for (int i = 0; i < expected.Length; i++)
            RequireNear(expected[i], actual[i], $"seed {seed}");
    }

    private static void RequireNear(double expected, double actual, string what) => Assert.True(
        Math.Abs(expected - actual) <= Tolerance * Math.Max(1, Math.Abs(expected)), $"{what}: {expected:R}, not {actual:R}");

    private static double[] All(Model model, FeatureTable inputs) => model is Classifier classifier
        ? [.. classifier.Predict(inputs).SelectMany(prediction => prediction.Scores).Select(score => (double)score)]
        : [.. ((Regressor)model).Predict(inputs).SelectMany(values => values)];

    private static double[] Outputs(Model model, double[] example) => model is Classifier classifier
        ? [.. classifier.Predict((ReadOnlySpan<double>)example).Scores.Select(score => (double)score)]
        : ((Regressor)model).Predict((ReadOnlySpan<double>)example);

    private static double[][] Rows(JsonElement rows) =>
        [.. rows.EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.GetDouble()).ToArray())];
}
