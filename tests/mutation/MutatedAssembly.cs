using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nabla.Mutation;

/// <summary>An assembly with all mutants of an area that compile, each behind its switch.</summary>
internal sealed class MutatedAssembly
{
    private readonly CompilerCommand command;
    private readonly CSharpCompilation original;
    private readonly SyntaxTree[] trees;
    private readonly HashSet<int> excluded = [];
    private readonly List<Mutant> mutants = [];

    private MutatedAssembly(Area area, CompilerCommand command)
    {
        this.command = command;
        original = command.Compilation();
        trees = [.. original.SyntaxTrees.Where(tree => area.Has(command.NameOf(tree)) && IsWritten(command.NameOf(tree)))];
    }

    /// <summary>Writes the assembly, and gives its mutants.</summary>
    public static IReadOnlyList<Mutant> Write(Area area, CompilerCommand command, string path)
    {
        var assembly = new MutatedAssembly(area, command);
        while (!assembly.TryWrite(path))
        {
        }
        return [.. assembly.mutants.Where(mutant => !assembly.excluded.Contains(mutant.Id))];
    }

    private static bool IsWritten(string file) =>
        !file.StartsWith("obj/", StringComparison.Ordinal) && !file.EndsWith(".g.cs", StringComparison.Ordinal);

    private bool TryWrite(string path)
    {
        mutants.Clear();
        var mutated = original.AddSyntaxTrees(command.Parse(MutantSwitch.Source, "MutantSwitch.cs"));
        foreach (var tree in trees)
        {
            var rewriter = new Schemata(command.NameOf(tree), original.GetSemanticModel(tree), mutants, excluded);
            mutated = mutated.ReplaceSyntaxTree(tree, command.Parse(rewriter.Visit(tree.GetRoot()).ToFullString(), tree.FilePath));
        }
        using var file = File.Create(path);
        var result = mutated.Emit(file, manifestResources: command.Resources);
        if (result.Success)
            return true;
        int before = excluded.Count;
        foreach (var error in result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
            excluded.UnionWith(Cause(error));
        return excluded.Count > before
            ? false
            : throw new InvalidOperationException("The mutated sources do not compile:\n" + string.Join('\n', result.Diagnostics.Take(5)));
    }

    // The mutants in the place of the error; where there is none, the nearest around it, or those of the member: its throws that are
    // removed, without which it might not return a value, or all.
    private static int[] Cause(Diagnostic error)
    {
        if (error.Location.SourceTree?.GetRoot() is not { } root)
            return [];
        var span = error.Location.SourceSpan;
        var place = root.FindNode(span, getInnermostNodeForTie: true);
        int[] inside = [.. Switches(place).Where(s => s.Span.IntersectsWith(span)).Select(Id)];
        if (inside.Length > 0)
            return inside;
        foreach (var around in place.AncestorsAndSelf())
        {
            if (around is ConditionalExpressionSyntax { Condition: InvocationExpressionSyntax call } && IsSwitch(call))
                return [Id(call)];
            if (around is IfStatementSyntax { Condition: InvocationExpressionSyntax test } && IsSwitch(test))
                return [Id(test)];
            if (around is MemberDeclarationSyntax)
                return OfMember(around);
        }
        return [];
    }

    private static int[] OfMember(SyntaxNode member)
    {
        int[] throws = [.. Switches(member).Where(s => s.Parent is IfStatementSyntax { Else.Statement: ThrowStatementSyntax }).Select(Id)];
        return throws.Length > 0 ? throws : [.. Switches(member).Select(Id)];
    }

    private static IEnumerable<InvocationExpressionSyntax> Switches(SyntaxNode node) =>
        node.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().Where(IsSwitch);

    private static bool IsSwitch(InvocationExpressionSyntax call) => call.Expression.ToString() == "MutantSwitch.IsOn";

    private static int Id(InvocationExpressionSyntax call) =>
        (int)((LiteralExpressionSyntax)call.ArgumentList.Arguments[0].Expression).Token.Value!;
}
