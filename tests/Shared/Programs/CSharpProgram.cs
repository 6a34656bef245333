using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nabla.Tests.Shared;

/// <summary>C# programs from documents and from exported models, compiled and run in the process of the tests.</summary>
internal static class CSharpProgram
{
    // The implicit usings of a console program.
    private const string Usings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;";

    // Tests that run at the same time share Console.Out; this console is the program's own.
    private const string OwnConsole =
        """
        global using Console = ProgramConsole;
        public static class ProgramConsole
        {
            public static string Text = "";
            public static void WriteLine(object value) => Text += value + "\n";
            public static void WriteLine(FormattableString value) => Text += FormattableString.Invariant(value) + "\n";
        }
        """;

    private static IEnumerable<string> Platform =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);

    /// <summary>Compiles a console program that uses what the test project references. It must succeed.</summary>
    public static byte[] Compile(params IEnumerable<string> sources) =>
        Emit([.. sources, Usings], Platform, new CSharpCompilationOptions(OutputKind.ConsoleApplication));

    /// <summary>Compiles with nothing but the assemblies of .NET: no package, and not Nabla.</summary>
    public static byte[] CompileAlone(CSharpCompilationOptions options, params IEnumerable<string> sources) => Emit(
        sources, Platform.Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)), options);

    /// <summary>Compiles a console program that has nothing but .NET, and runs it.</summary>
    public static string RunAlone(params IEnumerable<string> sources) =>
        Captured(CompileAlone(new CSharpCompilationOptions(OutputKind.ConsoleApplication), [.. sources, Usings]));

    /// <summary>Compiles a program and runs it in a folder. Tests that do so run one at a time.</summary>
    /// <returns>What it printed.</returns>
    public static string Run(string code, string folder)
    {
        string before = Directory.GetCurrentDirectory();
        try
        {
            Directory.SetCurrentDirectory(folder);
            return Captured(Compile(code));
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }

    /// <summary>Compiles a program and runs it beside other tests.</summary>
    /// <returns>What it printed with <c>Console.WriteLine</c>.</returns>
    public static string RunBesideOthers(string code)
    {
        var program = Assembly.Load(Compile(code, OwnConsole));
        Start(program);
        return (string)program.GetType("ProgramConsole")!.GetField("Text")!.GetValue(null)!;
    }

    private static string Captured(byte[] program)
    {
        var console = Console.Out;
        using var output = new StringWriter { NewLine = "\n" };
        try
        {
            Console.SetOut(output);
            Start(Assembly.Load(program));
        }
        finally
        {
            Console.SetOut(console);
        }
        return output.ToString();
    }

    private static void Start(Assembly program)
    {
        var entry = program.EntryPoint!;
        entry.Invoke(null, entry.GetParameters().Length == 0 ? [] : [Array.Empty<string>()]);
    }

    private static byte[] Emit(IEnumerable<string> sources, IEnumerable<string> references, CSharpCompilationOptions options)
    {
        using var assembly = new MemoryStream();
        var result = CSharpCompilation.Create(
            Path.GetRandomFileName(), sources.Select(text => CSharpSyntaxTree.ParseText(text)),
            references.Select(path => MetadataReference.CreateFromFile(path)), options).Emit(assembly);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return assembly.ToArray();
    }
}
