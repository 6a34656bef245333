using System.Text;

namespace Nabla;

/// <summary>Options by name, as the command line and model files spell them: <c>SigmoidAsPrinted</c> is <c>sigmoid-as-printed</c>.</summary>
public static class OptionNames
{
    /// <summary>The name of one value.</summary>
    /// <param name="value">A defined value.</param>
    public static string Of<T>(T value)
        where T : struct, Enum
    {
        var name = new StringBuilder();
        foreach (char letter in value.ToString())
        {
            if (char.IsAsciiLetterUpper(letter) && name.Length > 0)
                name.Append('-');
            name.Append(char.ToLowerInvariant(letter));
        }
        return name.ToString();
    }

    /// <summary>The names of all values, in the order of their definition.</summary>
    public static IReadOnlyList<string> All<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(Of)];

    /// <summary>The value with that name, upper and lower case alike.</summary>
    /// <param name="name">A name as <see cref="Of"/> gives it.</param>
    /// <param name="value">The value, if there is one.</param>
    public static bool TryParse<T>(string name, out T value)
        where T : struct, Enum
    {
        foreach (T candidate in Enum.GetValues<T>())
        {
            if (Of(candidate).Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                value = candidate;
                return true;
            }
        }
        value = default;
        return false;
    }
}
