using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Nabla.Tests.Shared;

namespace Nabla.Reference.Tests;

/// <summary>The C# block in docs/backprop.md is compiled and run as it is written there.</summary>
public class DocumentTests
{
    private const string Derivative = "derivative[j] = Math.Tanh(a[j] - y[j]);";

    [Fact]
    public void The_documented_check_passes() =>
        Assert.Matches("^layer  block .*\n(.*\n){4}passed: largest error [0-9.E-]+, allowed 1E-06\n$", Run(Block()));

    [Fact]
    public void The_documented_check_fails_with_the_sign_that_the_document_calls_wrong()
    {
        string code = Block();
        Assert.Contains(Derivative, code, StringComparison.Ordinal);
        Assert.Contains("FAILED: ", Run(code.Replace(Derivative, "derivative[j] = Math.Tanh(y[j] - a[j]);", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    private static string Block()
    {
        string[] lines = File.ReadAllLines(Repository.PathOf("docs", "backprop.md"));
        int start = Array.IndexOf(lines, "```csharp");
        Assert.True(start >= 0, "docs/backprop.md has no C# block.");
        return string.Join('\n', lines[(start + 1)..Array.IndexOf(lines, "```", start)]);
    }

    private static string Run(string code)
    {
        // What ImplicitUsings adds to a console program, and a console whose output can be read.
        const string Usings = "global using System; global using System.Linq; global using Console = DocumentConsole;";
        const string Recorder =
            """
            public static class DocumentConsole
            {
                public static string Text = "";
                public static void WriteLine(object value) => Text += value + "\n";
            }
            """;
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        using var image = new MemoryStream();
        var result = CSharpCompilation.Create(
            "document-" + Guid.NewGuid(), new[] { code, Usings, Recorder }.Select(text => CSharpSyntaxTree.ParseText(text)), references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication)).Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        Assembly program = Assembly.Load(image.ToArray());
        program.EntryPoint!.Invoke(null, [Array.Empty<string>()]);
        return (string)program.GetType("DocumentConsole")!.GetField("Text")!.GetValue(null)!;
    }
}
