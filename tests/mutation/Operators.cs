using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nabla.Mutation;

/// <summary>What a mutant writes in place of an operator or a literal.</summary>
internal static class Operators
{
    public static string[] InPlaceOf(string symbol) => symbol switch
    {
        "<" => ["<=", ">="],
        "<=" => ["<", ">"],
        ">" => [">=", "<="],
        ">=" => [">", "<"],
        "==" => ["!="],
        "!=" => ["=="],
        "&&" => ["||"],
        "||" => ["&&"],
        "+" => ["-"],
        "-" => ["+"],
        "*" => ["/"],
        "/" or "%" => ["*"],
        "<<" => [">>"],
        ">>" or ">>>" => ["<<"],
        "&" => ["|"],
        "|" => ["&"],
        "+=" => ["-="],
        "-=" => ["+="],
        "*=" => ["/="],
        "/=" => ["*="],
        _ => [],
    };

    /// <summary>In place of a literal, with its type: the other truth value, or a number that is one larger or smaller.</summary>
    public static string[] InPlaceOf(LiteralExpressionSyntax literal, ITypeSymbol? type) => literal.Kind() switch
    {
        SyntaxKind.TrueLiteralExpression => ["false"],
        SyntaxKind.FalseLiteralExpression => ["true"],
        SyntaxKind.NumericLiteralExpression when type is { SpecialType: not SpecialType.None and not SpecialType.System_Object } =>
            [.. Neighbours(literal.Token.Value!).Select(value => $"({type.ToDisplayString()})({value})")],
        _ => [],
    };

    private static IEnumerable<string> Neighbours(object value) => value switch
    {
        float x => [Text(x + 1, "F")],
        double x => [Text(x + 1, "D")],
        ulong x => [(x + 1).ToString(CultureInfo.InvariantCulture) + "UL"],
        IConvertible x when x.ToInt64(CultureInfo.InvariantCulture) is var whole =>
            whole == 0 ? ["1"] : [$"{whole + 1}", $"{whole - 1}"],
        _ => [],
    };

    private static string Text(IFormattable value, string suffix) => value.ToString("R", CultureInfo.InvariantCulture) + suffix;
}
