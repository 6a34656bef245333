using System.Reflection;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nabla.Mutation;

/// <summary>How MSBuild would compile a project in Release: its sources, references, options, generators and resources.</summary>
internal sealed class CompilerCommand
{
    private readonly CSharpCommandLineArguments arguments;
    private readonly string folder;

    /// <summary>Asks MSBuild. The project has to be built before.</summary>
    public CompilerCommand(string projectFile)
    {
        folder = Path.GetDirectoryName(projectFile)!;
        string answer = Processes.Output(
            "dotnet", ["msbuild", projectFile, "-t:Compile", "-p:Configuration=Release", "-p:DesignTimeBuild=true",
                "-p:BuildProjectReferences=false", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true",
                "-getItem:CscCommandLineArgs"]);
        using var json = JsonDocument.Parse(answer);
        var items = json.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray();
        arguments = CSharpCommandLineParser.Default.Parse(
            items.Select(item => item.GetProperty("Identity").GetString()!), folder, sdkDirectory: null);
    }

    /// <summary>The project as it is, with what its generators write.</summary>
    public CSharpCompilation Compilation()
    {
        var trees = arguments.SourceFiles.Select(source => CSharpSyntaxTree.ParseText(
            File.ReadAllText(source.Path), arguments.ParseOptions, source.Path));
        var references = arguments.MetadataReferences.Select(
            reference => MetadataReference.CreateFromFile(reference.Reference, reference.Properties));
        var compilation = CSharpCompilation.Create(
            arguments.CompilationName, trees, references,
            arguments.CompilationOptions.WithGeneralDiagnosticOption(ReportDiagnostic.Suppress).WithSpecificDiagnosticOptions([]));
        CSharpGeneratorDriver.Create(Generators(), parseOptions: arguments.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _);
        return (CSharpCompilation)generated;
    }

    /// <summary>A source file's path relative to the project, with slashes.</summary>
    public string NameOf(SyntaxTree tree) => Path.GetRelativePath(folder, tree.FilePath).Replace('\\', '/');

    /// <summary>Another text in place of a file, or one more file.</summary>
    public SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, arguments.ParseOptions, path);

    /// <summary>The resources that the assembly contains.</summary>
    public IEnumerable<ResourceDescription> Resources => arguments.ManifestResources;

    private IEnumerable<ISourceGenerator> Generators() => arguments.AnalyzerReferences
        .Where(reference => reference.FilePath.EndsWith("Generator.dll", StringComparison.Ordinal))
        .SelectMany(reference => new AnalyzerFileReference(reference.FilePath, new Loader()).GetGenerators(LanguageNames.CSharp));

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
            // LoadFrom looks beside the assembly.
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
