using Nabla.Tests.Shared;

namespace Nabla.Onnx.Tests;

/// <summary>A model of MNIST reads raw bytes.</summary>
public sealed class ImageExportTests
{
    [Fact(Explicit = true)]
    public void All_ten_thousand_test_digits_of_MNIST_are_read_the_same()
    {
        var (train, test) = Mnist.Load(Path.GetDirectoryName(Repository.SharedOrSkip("data", "mnist.npz")));
        using var folder = new TemporaryFolder();
        var model = Classifier.Train(train, Presets.Default with { Epochs = 2 });
        model.ExportOnnx(folder.File("mnist.onnx"));
        var run = OnnxRun.From(folder.File("mnist.onnx"), test.Inputs, [28, 28]);
        Assert.Equal(10_000, run.Labels.Length);
        Agreement.Require(model, test.Inputs, run, "MNIST");
        Assert.Equal(model.Predict(test.Inputs).Select(prediction => prediction.ClassName), run.Labels);
    }
}
