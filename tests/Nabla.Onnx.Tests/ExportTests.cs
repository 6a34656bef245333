using System.Diagnostics;
using Nabla.Tests.Shared;

namespace Nabla.Onnx.Tests;

/// <summary>ONNX Runtime predicts from exported files what Nabla predicts, and ONNX's own checker accepts them.</summary>
public sealed class ExportTests
{
    private const string Python = "/usr/bin/python3";

    public static TheoryData<string> Activations => [.. Activation.All.Names];

    [Theory, MemberData(nameof(Activations))]
    public void Every_activation_of_the_catalogue_is_exported(string name)
    {
        using var folder = new TemporaryFolder();
        var activation = Activation.All.Get(name);
        var random = new RandomModels(name.Length);
        var inputs = random.Numbers(rows: 300, columns: 6);
        Layer hidden = new(9, activation.IsElementwise ? activation : Activation.Tanh);
        foreach (bool classifies in new[] { true, false }.Where(classifies => classifies || activation.IsElementwise))
        {
            var topology = new Topology(6, [hidden, hidden, new Layer(3, activation)]);
            var model = random.Create(topology, inputs, Scaling.StandardizePerFeature, classifies, [6], members: 0);
            model.ExportOnnx(folder.File("model.onnx"));
            Agreement.Require(model, inputs, OnnxRun.From(folder.File("model.onnx"), inputs, [6]), $"{name} {model.Task}");
        }
    }

    [Theory]
    [InlineData(1, 12, 500)]
    public void Random_architectures_predict_the_same(int first, int count, int examples) => CompareRandom(first, count, examples);

    [Fact(Explicit = true)]
    public void Sixty_random_architectures_predict_the_same_for_ten_thousand_examples() => CompareRandom(100, 60, 10_000);

    [Fact]
    public void The_checker_of_ONNX_accepts_random_architectures()
    {
        RequireChecker();
        using var folder = new TemporaryFolder();
        for (int seed = 100; seed < 160; seed++)
            new RandomModels(seed).Create(20).Model.ExportOnnx(folder.File($"{seed}.onnx"));
        Check(folder.Path, 60);
    }

    [Fact]
    public void Where_a_score_is_not_a_number_there_is_no_label()
    {
        using var folder = new TemporaryFolder();
        var model = ThreeClasses();
        model.ExportOnnx(folder.File("model.onnx"));
        var run = OnnxRun.From(folder.File("model.onnx"), FeatureTable.FromFloats([1, 2, float.NaN, 2], 2, 2), [2]);
        Assert.Equal(["a", ""], run.Labels); // all scores are equal: the first class
    }

    [Fact]
    public void An_existing_file_stays_if_the_folder_cannot_be_written()
    {
        var model = ThreeClasses();
        Assert.Throws<FileOutputException>(() => model.ExportOnnx("/no-such-folder/model.onnx"));
    }

    /// <summary>Skips a test where Python's module onnx is not installed.</summary>
    internal static void RequireChecker() =>
        Assert.SkipUnless(File.Exists(Python) && Run("-c", "import onnx") == "", "Python's module onnx (python3-onnx) is not installed.");

    /// <summary>Runs the checker of ONNX, with the inference of shapes, on all files of a folder.</summary>
    internal static void Check(string folder, int files)
    {
        string result = Run(Repository.PathOf("tests", "peers", "check_onnx.py"), folder);
        Assert.True(result == $"{files} files are valid\n", result);
    }

    /// <summary>A classifier of two numbers whose parameters are 0.</summary>
    internal static Classifier ThreeClasses() => Classifier.From(
        new Network(new Topology([2, 3], Activation.Relu, Activation.Softmax)), Preprocessing.Create([0f], [1f]), ["a", "b", "c"]);

    private static void CompareRandom(int first, int count, int examples)
    {
        using var folder = new TemporaryFolder();
        for (int seed = first; seed < first + count; seed++)
        {
            var (model, inputs) = new RandomModels(seed).Create(examples);
            string path = folder.File($"{seed}.onnx");
            model.ExportOnnx(path);
            Agreement.Require(model, inputs, OnnxRun.From(path, inputs, model.InputShape), $"seed {seed}: {model}");
        }
    }

    private static string Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, ["-B", .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        return process.StandardOutput.ReadToEnd() + errors.Result;
    }
}
