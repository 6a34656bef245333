using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nabla.Reference;

namespace Nabla.Architecture.Tests;

/// <summary>A place in the code that tells several kinds of one catalogue apart, or lists them.</summary>
/// <param name="File">Its path from the repository's root.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Member">The member around it: <c>Presets.All</c>.</param>
/// <param name="Catalogue">The catalogue: <c>Activation</c>.</param>
/// <param name="Kinds">The kinds that are named, in alphabetical order.</param>
internal sealed record KindList(string File, int Line, string Member, string Catalogue, IReadOnlyList<string> Kinds)
{
    // The base type or interface of each catalogue's kinds, and the names that stand for them in files and on the command line.
    private static readonly Dictionary<string, string[]> Catalogues = FindCatalogues();

    /// <summary>All such places in a project of this repository, outermost first.</summary>
    public static IReadOnlyList<KindList> Find(string project) => Find(FolderUses.Compile(project));

    /// <summary>All such places in a compilation.</summary>
    public static IReadOnlyList<KindList> Find(CSharpCompilation compilation) =>
        [.. compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0).SelectMany(tree => FindIn(tree, compilation))];

    /// <summary>Subtypes of <see cref="Kind"/> are found by themselves, so that a new catalogue is covered.</summary>
    private static Dictionary<string, string[]> FindCatalogues()
    {
        var catalogues = typeof(Kind).Assembly.GetTypes().Where(type => type.BaseType == typeof(Kind)).ToDictionary(
            type => type.Name,
            type => ((IEnumerable<Kind>)type.GetProperty("All")!.GetValue(null)!).Select(kind => kind.Name).ToArray());
        catalogues[nameof(FileFormat)] = [.. FileFormat.All.Select(format => format.Name)];
        catalogues["ICliFormat"] = [];
        catalogues[nameof(ReferenceActivation)] = [.. ReferenceActivation.Kinds.Select(kind => kind.Name)];
        catalogues[nameof(ReferenceCost)] = [.. ReferenceCost.Kinds.Select(kind => kind.Name)];
        catalogues[nameof(ReferenceOptimizer)] = [.. ReferenceOptimizer.Kinds.Select(kind => kind.Name)];
        return catalogues;
    }

    private static IEnumerable<KindList> FindIn(SyntaxTree tree, CSharpCompilation compilation)
    {
        var model = compilation.GetSemanticModel(tree);
        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            var mentions = PartsThatChoose(node).SelectMany(part => part.DescendantNodesAndSelf()).SelectMany(
                part => Mentions(part, model));
            foreach (var catalogue in mentions.GroupBy(mention => mention.Catalogue, mention => mention.Kind))
            {
                string[] kinds = [.. catalogue.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)];
                if (kinds.Length < 2)
                    continue;
                int line = tree.GetLineSpan(node.Span).StartLinePosition.Line + 1;
                yield return new KindList(tree.FilePath, line, MemberAround(node), catalogue.Key, kinds);
            }
        }
    }

    /// <summary>What to search for kinds: all of a switch or a list, and the conditions of a chain of ifs.</summary>
    private static IEnumerable<SyntaxNode> PartsThatChoose(SyntaxNode node) => node switch
    {
        SwitchStatementSyntax or SwitchExpressionSyntax or CollectionExpressionSyntax => [node],
        InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ObjectInitializerExpression } => KeysOf(node),
        InitializerExpressionSyntax => [node],
        BinaryPatternSyntax { Parent: not BinaryPatternSyntax } => [node],
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.LogicalAndExpression } => [node],
        IfStatementSyntax { Parent: not ElseClauseSyntax } first => ConditionsOf(first),
        ConditionalExpressionSyntax { Parent: not ConditionalExpressionSyntax } first => ConditionsOf(first),
        _ => [],
    };

    /// <summary>The keys of a dictionary's initializer; that of an object has none.</summary>
    private static IEnumerable<SyntaxNode> KeysOf(SyntaxNode initializer) => initializer.ChildNodes().OfType<AssignmentExpressionSyntax>()
        .Select(assignment => assignment.Left).OfType<ImplicitElementAccessSyntax>();

    private static IEnumerable<SyntaxNode> ConditionsOf(IfStatementSyntax? first)
    {
        for (var current = first; current is not null; current = current.Else?.Statement as IfStatementSyntax)
            yield return current.Condition;
    }

    private static IEnumerable<SyntaxNode> ConditionsOf(ConditionalExpressionSyntax? first)
    {
        for (var current = first; current is not null; current = current.WhenFalse as ConditionalExpressionSyntax)
            yield return current.Condition;
    }

    private static IEnumerable<(string Catalogue, string Kind)> Mentions(SyntaxNode node, SemanticModel model)
    {
        if (node is LiteralExpressionSyntax { Token.Value: string text })
            return Catalogues.Where(catalogue => catalogue.Value.Contains(text)).Select(catalogue => (catalogue.Key, text));
        return node is SimpleNameSyntax && model.GetSymbolInfo(node).Symbol is { } symbol && MentionOf(symbol) is { } mention
            ? [mention]
            : [];
    }

    private static (string Catalogue, string Kind)? MentionOf(ISymbol symbol) => symbol switch
    {
        IPropertySymbol { IsStatic: true, Type: INamedTypeSymbol type } property when CatalogueOf(type) == property.ContainingType.Name =>
            (property.ContainingType.Name, property.Name),
        INamedTypeSymbol { IsAbstract: false, TypeKind: TypeKind.Class } type when CatalogueOf(type) is { } catalogue
            && type.Name != catalogue =>
            (catalogue, type.Name),
        _ => null,
    };

    private static string? CatalogueOf(INamedTypeSymbol type)
    {
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (Catalogues.ContainsKey(ancestor.Name))
                return ancestor.Name;
        }
        return type.AllInterfaces.FirstOrDefault(ancestor => Catalogues.ContainsKey(ancestor.Name))?.Name;
    }

    private static string MemberAround(SyntaxNode node)
    {
        var member = node.Ancestors().OfType<MemberDeclarationSyntax>().First();
        string name = member switch
        {
            PropertyDeclarationSyntax property => property.Identifier.Text,
            MethodDeclarationSyntax method => method.Identifier.Text,
            FieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.Text,
            ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
            _ => member.Kind().ToString(),
        };
        return node.Ancestors().OfType<BaseTypeDeclarationSyntax>().FirstOrDefault() is { } type && type != member
            ? $"{type.Identifier.Text}.{name}"
            : name;
    }
}
