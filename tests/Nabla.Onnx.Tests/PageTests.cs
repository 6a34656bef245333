using System.Diagnostics;
using Nabla.Tests.Shared;

namespace Nabla.Onnx.Tests;

/// <summary>The programs of docs/onnx.md run an exported model. The commands there are run by the tests of the command line.</summary>
public sealed class PageTests
{
    private const string Python = "/usr/bin/python3";

    [Fact]
    public void The_program_in_CSharp_prints_the_label()
    {
        using var folder = new TemporaryFolder();
        string label = Export(folder.File("model.onnx"));
        var assembly = System.Reflection.Assembly.Load(CSharpProgram.Compile(Block("csharp", folder)));
        var console = Console.Out;
        using var output = new StringWriter();
        try
        {
            Console.SetOut(output);
            assembly.EntryPoint!.Invoke(null, [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(console);
        }
        Assert.StartsWith($"{label}: 0.", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_program_in_Python_prints_the_label()
    {
        Assert.SkipUnless(
            File.Exists(Python) && Run("import onnxruntime") is (0, _), "Python's module onnxruntime is not installed.");
        using var folder = new TemporaryFolder();
        string label = Export(folder.File("model.onnx"));
        var (exitCode, output) = Run(Block("python", folder));
        Assert.Equal(0, exitCode);
        Assert.StartsWith($"{label} 0.", output, StringComparison.Ordinal);
    }

    /// <summary>Exports a classifier of digits.</summary>
    /// <returns>What it sees in a picture without ink.</returns>
    private static string Export(string path)
    {
        var pictures = new byte[50 * 784];
        new Random(1).NextBytes(pictures);
        var topology = new Topology([784, 8, 10], Activation.Relu, Activation.Softmax);
        var model = new RandomModels(1).Create(
            topology, FeatureTable.FromBytes(pictures, 50, 784), Scaling.Unit, classifies: true, [28, 28], members: 0);
        model.ExportOnnx(path);
        return ((Classifier)model).Predict(FeatureTable.FromBytes(new byte[784], 1, 784))[0].ClassName;
    }

    /// <summary>The page's block in a language, with the path of the model in a folder.</summary>
    private static string Block(string language, TemporaryFolder folder)
    {
        var lines = File.ReadLines(Repository.PathOf("docs", "onnx.md"));
        var block = lines.SkipWhile(line => line != $"```{language}").Skip(1).TakeWhile(line => line != "```");
        string code = string.Join('\n', block), changed = code.Replace("model.onnx", folder.File("model.onnx"), StringComparison.Ordinal);
        Assert.NotEqual(code, changed);
        return changed;
    }

    private static (int ExitCode, string Output) Run(string program)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, ["-B", "-c", program])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
