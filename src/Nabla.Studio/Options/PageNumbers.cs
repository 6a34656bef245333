using System.Globalization;
using System.Numerics;

namespace Nabla.Studio;

/// <summary>Numbers that were typed on the page. Their ranges are checked by <see cref="TrainingOptions.Validate"/>.</summary>
internal static class PageNumbers
{
    private const NumberStyles RealForm = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>A finite number.</summary>
    /// <exception cref="InvalidOptionException">The text is none.</exception>
    public static float Real(string option, string text) =>
        float.TryParse(text, RealForm, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value)
            ? value
            : throw Wrong(option, text, "Use a finite number with a decimal point, e.g. 0.1.");

    /// <summary>The literal of a finite number in C#.</summary>
    /// <inheritdoc cref="Real" path="/exception"/>
    public static string Code(string option, string text) =>
        string.Create(CultureInfo.InvariantCulture, $"{Real(option, text)}f");

    /// <summary>A whole number without a sign.</summary>
    /// <exception cref="InvalidOptionException">The text is none, or it is too large.</exception>
    public static T Whole<T>(string option, string text)
        where T : IBinaryInteger<T>, IMinMaxValue<T> =>
        T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Wrong(option, text, $"Use a whole number up to {T.MaxValue}.");

    /// <summary>Whole numbers with commas between them, or none.</summary>
    /// <exception cref="InvalidOptionException">The text is neither.</exception>
    public static int[] Sizes(string option, string text)
    {
        if (text == "none")
            return [];
        string[] parts = text.Split(',');
        var sizes = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out sizes[i]))
                throw Wrong(option, text, "Use sizes with commas, e.g. 128,64, or none.");
        }
        return sizes;
    }

    private static InvalidOptionException Wrong(string option, string text, string remedy) => new($"{option} is {text}", remedy);
}
