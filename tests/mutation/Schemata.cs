using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nabla.Mutation;

/// <summary>
/// Writes all mutants of a file into it, each behind its switch (mutant schemata, Untch 1993): <c>a &lt; b</c> becomes
/// <c>(MutantSwitch.IsOn(17) ? a &lt;= b : a &lt; b)</c>. So one compilation serves all mutants.
/// </summary>
/// <param name="file">The file, as its mutants name it.</param>
/// <param name="model">What the compiler knows about it.</param>
/// <param name="mutants">All mutants so far; the number of a mutant is its place.</param>
/// <param name="excluded">Mutants that do not compile.</param>
internal sealed class Schemata(string file, SemanticModel model, List<Mutant> mutants, IReadOnlySet<int> excluded) : CSharpSyntaxRewriter
{
    // What has to be a constant stays one.
    public override SyntaxNode? VisitAttributeList(AttributeListSyntax node) => node;

    public override SyntaxNode? VisitParameter(ParameterSyntax node) => node;

    public override SyntaxNode? VisitEnumMemberDeclaration(EnumMemberDeclarationSyntax node) => node;

    public override SyntaxNode? VisitCaseSwitchLabel(CaseSwitchLabelSyntax node) => node;

    public override SyntaxNode? VisitConstantPattern(ConstantPatternSyntax node) => node;

    public override SyntaxNode? VisitRelationalPattern(RelationalPatternSyntax node) => node;

    public override SyntaxNode? VisitFieldDeclaration(FieldDeclarationSyntax node) =>
        node.Modifiers.Any(SyntaxKind.ConstKeyword) ? node : base.VisitFieldDeclaration(node);

    public override SyntaxNode? VisitLocalDeclarationStatement(LocalDeclarationStatementSyntax node) =>
        node.IsConst ? node : base.VisitLocalDeclarationStatement(node);

    public override SyntaxNode? VisitBinaryExpression(BinaryExpressionSyntax node) =>
        Switch(node, base.VisitBinaryExpression(node)!, [.. Operators.InPlaceOf(node.OperatorToken.Text).Select(
            other => $"{node.Left} {other} {node.Right}")]);

    public override SyntaxNode? VisitPrefixUnaryExpression(PrefixUnaryExpressionSyntax node) =>
        Switch(node, base.VisitPrefixUnaryExpression(node)!, node.IsKind(SyntaxKind.LogicalNotExpression) ? [$"{node.Operand}"] : []);

    public override SyntaxNode? VisitLiteralExpression(LiteralExpressionSyntax node) =>
        Switch(node, node, Operators.InPlaceOf(node, model.GetTypeInfo(node).ConvertedType));

    public override SyntaxNode? VisitIfStatement(IfStatementSyntax node)
    {
        var visited = (IfStatementSyntax)base.VisitIfStatement(node)!;
        return visited.WithCondition(Negated(node.Condition, visited.Condition));
    }

    public override SyntaxNode? VisitConditionalExpression(ConditionalExpressionSyntax node)
    {
        var visited = (ConditionalExpressionSyntax)base.VisitConditionalExpression(node)!;
        return visited.WithCondition(Negated(node.Condition, visited.Condition));
    }

    public override SyntaxNode? VisitArrowExpressionClause(ArrowExpressionClauseSyntax node)
    {
        var visited = (ArrowExpressionClauseSyntax)base.VisitArrowExpressionClause(node)!;
        return node.Expression is ThrowExpressionSyntax or RefExpressionSyntax or LiteralExpressionSyntax
            ? visited
            : visited.WithExpression(Switch(node.Expression, visited.Expression, ["default!"]));
    }

    public override SyntaxNode? VisitReturnStatement(ReturnStatementSyntax node) =>
        node.Expression is null or RefExpressionSyntax or LiteralExpressionSyntax
            ? base.VisitReturnStatement(node)
            : Switch(node, base.VisitReturnStatement(node)!, "return default!;");

    public override SyntaxNode? VisitThrowStatement(ThrowStatementSyntax node) => Switch(node, base.VisitThrowStatement(node)!, ";");

    public override SyntaxNode? VisitExpressionStatement(ExpressionStatementSyntax node) => node.Expression switch
    {
        InvocationExpressionSyntax or AwaitExpressionSyntax => Switch(node, base.VisitExpressionStatement(node)!, ";"),
        AssignmentExpressionSyntax a when Operators.InPlaceOf(a.OperatorToken.Text) is [string other, ..] =>
            Switch(node, base.VisitExpressionStatement(node)!, $"{a.Left} {other} {a.Right};"),
        _ => base.VisitExpressionStatement(node),
    };

    // A comparison and a negation have mutants of their own.
    private ExpressionSyntax Negated(ExpressionSyntax node, ExpressionSyntax visited) =>
        node is InvocationExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax or IsPatternExpressionSyntax
            ? Switch(node, visited, [$"!({node})"])
            : visited;

    private ExpressionSyntax Switch(ExpressionSyntax node, SyntaxNode visited, string[] changes)
    {
        if (Declares(node))
            return (ExpressionSyntax)visited;
        string text = visited.ToString();
        foreach (string change in changes)
        {
            if (Add(node, change) is int id)
                text = $"(MutantSwitch.IsOn({id}) ? {change} : {text})";
        }
        return SyntaxFactory.ParseExpression(text).WithTriviaFrom(node);
    }

    private SyntaxNode Switch(StatementSyntax node, SyntaxNode visited, string change) =>
        !Declares(node) && Add(node, change) is int id
            ? SyntaxFactory.ParseStatement($"{{ if (MutantSwitch.IsOn({id})) {change} else {visited} }}").WithTriviaFrom(node)
            : visited;

    // A copy would declare the variable twice.
    private static bool Declares(SyntaxNode node) => node.DescendantNodes().Any(part => part is SingleVariableDesignationSyntax);

    private int? Add(SyntaxNode node, string change)
    {
        int id = mutants.Count;
        mutants.Add(new(id, file, node.GetLocation().GetLineSpan().StartLinePosition.Line + 1, node.ToString(), change));
        return excluded.Contains(id) ? null : id;
    }
}
