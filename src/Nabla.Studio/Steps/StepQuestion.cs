using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Nabla.Studio;

/// <summary>What the page for single steps asks for.</summary>
/// <param name="Network">The name of the network.</param>
/// <param name="Example">The number of the example, from 1.</param>
/// <param name="Layer">l; null for the output layer.</param>
/// <param name="Unit">j; null for the unit with the largest error.</param>
/// <param name="Weight">k; null for the one with the largest gradient.</param>
/// <param name="IsBias">Whether the bias is chosen instead of a weight.</param>
/// <param name="Slip">Whether to make the notebook's slip as well.</param>
internal sealed record StepQuestion(string Network, int Example, int? Layer, int? Unit, int? Weight, bool IsBias, bool Slip)
{
    private const string Bias = "bias";
    private static readonly HashSet<string> Names = ["network", "example", "layer", "unit", "weight", "slip"];

    /// <summary>Reads the query of a request.</summary>
    /// <exception cref="InvalidInputException">A value is unknown, repeated or not a number.</exception>
    public static StepQuestion Parse(IQueryCollection query)
    {
        foreach (string name in query.Keys.Where(name => !Names.Contains(name)))
            throw Invalid("the question", $"it has the unknown part {name[..Math.Min(name.Length, 20)]}");
        string? weight = Text(query, "weight");
        return new StepQuestion(
            Text(query, "network") ?? SmallNetworks.Xor, Number(query, "example") ?? 1, Number(query, "layer"), Number(query, "unit"),
            weight == Bias ? null : Number(query, "weight"), weight == Bias, Text(query, "slip") switch
            {
                null or "0" => false,
                "1" => true,
                _ => throw Invalid("the slip", "it is neither 0 nor 1"),
            });
    }

    /// <summary>Requires that a number is one of some, counted from a first one.</summary>
    public static int Require(string where, int number, int first, int count) => number >= first && number < first + count
        ? number
        : throw Invalid(where, $"{number} is not from {first} to {first + count - 1}");

    private static string? Text(IQueryCollection query, string name) => query[name] switch
    {
        [] => null,
        [{ Length: > 0 } text] => text,
        _ => throw Invalid($"the {name}", "it is empty or repeated"),
    };

    private static int? Number(IQueryCollection query, string name) => Text(query, name) switch
    {
        null => null,
        { } text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) => number,
        _ => throw Invalid($"the {name}", "it is not a whole number, or it is too large"),
    };

    private static InvalidInputException Invalid(string where, string why) =>
        new("cannot show the steps", where, why, "Choose another one on the page.");
}
