using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nabla.Acceptance.Tests;

/// <summary>C# programs from documents.</summary>
internal static class CSharpProgram
{
    /// <summary>Compiles a program, which must succeed.</summary>
    public static byte[] Compile(string code)
    {
        // The implicit usings of a console program.
        const string Usings =
            "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;";
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        using var assembly = new MemoryStream();
        var result = CSharpCompilation.Create(
            "program", [CSharpSyntaxTree.ParseText(code), CSharpSyntaxTree.ParseText(Usings)], references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication)).Emit(assembly);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return assembly.ToArray();
    }

    /// <summary>Compiles a program and runs it in a folder. Tests that do so are in <see cref="Collections.Builds"/>.</summary>
    /// <returns>What it printed.</returns>
    public static string Run(string code, string folder)
    {
        string before = Directory.GetCurrentDirectory();
        var console = Console.Out;
        using var output = new StringWriter();
        try
        {
            Directory.SetCurrentDirectory(folder);
            Console.SetOut(output);
            Assembly.Load(Compile(code)).EntryPoint!.Invoke(null, [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(console);
            Directory.SetCurrentDirectory(before);
        }
        return output.ToString();
    }
}
