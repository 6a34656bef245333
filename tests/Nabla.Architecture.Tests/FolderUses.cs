using System.Collections.Concurrent;
using System.Globalization;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nabla.Tests.Shared;

namespace Nabla.Architecture.Tests;

/// <summary>One use of what another folder of the same project declares.</summary>
/// <param name="File">Where it is used.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="From">The folder that uses it.</param>
/// <param name="Symbol">What is used.</param>
/// <param name="Folders">The folders that declare it; several for a type in parts.</param>
internal sealed record FolderUse(string File, int Line, string From, string Symbol, IReadOnlyList<string> Folders);

/// <summary>Finds, with the compiler's own understanding of a project, which folders use which.</summary>
internal static class FolderUses
{
    /// <summary>The runtime, and all that the tests have beside them.</summary>
    private static readonly PortableExecutableReference[] Assemblies =
        [
            .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path))];

    private static readonly ConcurrentDictionary<string, Lazy<CSharpCompilation>> Compilations = new(StringComparer.Ordinal);

    /// <summary>The folder of a file within its project; empty for the project's own folder.</summary>
    public static string FolderOf(string project, string file)
    {
        string folder = Path.GetDirectoryName(file)!.Replace('\\', '/');
        return folder[$"src/{project}".Length..].TrimStart('/');
    }

    /// <summary>The uses in a project of this repository.</summary>
    public static IReadOnlyList<FolderUse> Find(string project) => Find(project, Compile(project));

    /// <summary>The uses in a project of these files.</summary>
    /// <param name="project">The assembly's name, and its folder below src.</param>
    /// <param name="files">Content by path.</param>
    public static IReadOnlyList<FolderUse> Find(string project, IReadOnlyDictionary<string, string> files) =>
        Find(project, Compile(project, files));

    private static FolderUse[] Find(string project, CSharpCompilation compilation) =>
        [.. compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0).SelectMany(tree => UsesIn(tree, project, compilation))];

    /// <summary>Compiles a project of this repository, once for all tests.</summary>
    public static CSharpCompilation Compile(string project) =>
        Compilations.GetOrAdd(project, name => new Lazy<CSharpCompilation>(() => Compile(name, Read(name)))).Value;

    /// <summary>Compiles a project of these files.</summary>
    /// <param name="project">The assembly's name.</param>
    /// <param name="files">Content by path.</param>
    public static CSharpCompilation Compile(string project, IReadOnlyDictionary<string, string> files)
    {
        // What ImplicitUsings gives every project. Its tree has no path: it is in no folder.
        const string Usings = """
            global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
            global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
            """;
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        var references = Assemblies.Where(assembly => Path.GetFileNameWithoutExtension(assembly.FilePath) != project);
        var compilation = CSharpCompilation.Create(
            project,
            [
                CSharpSyntaxTree.ParseText(Usings, options),
                .. files.Select(file => CSharpSyntaxTree.ParseText(file.Value, options, file.Key)),
            ],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        // A name that is not understood would be a use that is not seen.
        string[] unknown = ["CS0103", "CS0117", "CS0234", "CS0246", "CS1061"];
        string[] generated = [.. compilation.SyntaxTrees.SelectMany(GeneratedContexts)];
        Assert.DoesNotContain(compilation.GetDiagnostics(), diagnostic => unknown.Contains(diagnostic.Id)
            && !generated.Any(name => diagnostic.GetMessage(CultureInfo.InvariantCulture).Contains($"'{name}'", StringComparison.Ordinal)));
        return compilation;
    }

    /// <summary>The classes whose members a source generator writes in the build: how JSON is read and written.</summary>
    private static IEnumerable<string> GeneratedContexts(SyntaxTree tree) =>
        from type in tree.GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>()
        where type.BaseList?.Types.Any(parent => parent.ToString() == "JsonSerializerContext") ?? false
        select type.Identifier.Text;

    private static Dictionary<string, string> Read(string project) =>
        SourceFile.Below($"src/{project}").Select(file => (Path: file, File: file)).Concat(LinkedFiles(project))
            .ToDictionary(source => source.Path, source => File.ReadAllText(Repository.PathOf(source.File)));

    /// <summary>The files of other projects that a project compiles too, each with the path that it has there.</summary>
    private static IEnumerable<(string Path, string File)> LinkedFiles(string project)
    {
        string folder = $"src/{project}";
        return XDocument.Load(Repository.PathOf($"{folder}/{project}.csproj")).Descendants("Compile")
            .Where(item => item.Attribute("Link") is not null)
            .Select(item => ($"{folder}/{item.Attribute("Link")!.Value}", $"{folder}/{item.Attribute("Include")!.Value}"));
    }

    private static IEnumerable<FolderUse> UsesIn(SyntaxTree tree, string project, CSharpCompilation compilation)
    {
        var model = compilation.GetSemanticModel(tree);
        string from = FolderOf(project, tree.FilePath);
        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            if (node is not (SimpleNameSyntax or ExpressionSyntax or ConstructorInitializerSyntax))
                continue;
            if (model.GetSymbolInfo(node).Symbol is not { } symbol || Declaring(symbol) is not { } declared)
                continue;
            string[] folders = FoldersOf(declared, project);
            if (folders.Length == 0 || folders.Contains(from))
                continue;
            int line = tree.GetLineSpan(node.Span).StartLinePosition.Line + 1;
            yield return new FolderUse(tree.FilePath, line, from, declared.ToDisplayString(), folders);
        }
    }

    /// <summary>The symbol as it is declared: a type or a member of one, not a local variable, parameter or namespace.</summary>
    private static ISymbol? Declaring(ISymbol symbol) => symbol switch
    {
        INamedTypeSymbol type => type.OriginalDefinition,
        IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction } => null,
        IMethodSymbol method => (method.ReducedFrom ?? method).OriginalDefinition,
        IPropertySymbol or IFieldSymbol or IEventSymbol => symbol.OriginalDefinition,
        _ => null,
    };

    /// <summary>The folders of the files that declare a symbol; none if it comes from elsewhere.</summary>
    private static string[] FoldersOf(ISymbol symbol, string project)
    {
        // What the compiler adds to a type is where the type is.
        var references = symbol.DeclaringSyntaxReferences;
        if (references.IsEmpty && symbol.ContainingType is { } type)
            references = type.DeclaringSyntaxReferences;
        return [.. references.Select(reference => FolderOf(project, reference.SyntaxTree.FilePath)).Distinct()];
    }
}
