using System.Globalization;
using Nabla.Kernels;

namespace Nabla;

/// <summary>Reads features and targets from objects, and reports the first example that cannot be used.</summary>
internal static class RowTable
{
    private const string Remedy = "Remove the example, or put a number in its place.";

    /// <summary>Reads the features of all rows.</summary>
    /// <exception cref="InvalidInputException">
    /// There are no rows, or a row is null, has another number of features, or a feature that is not finite.
    /// </exception>
    public static FeatureTable Read<T>(string name, T[] rows, Func<T, double[]> x)
    {
        if (rows.Length == 0)
            throw new InvalidInputException($"cannot use {name}", "the rows", "there are none", "Provide at least one example.");
        double[]? values = null;
        int features = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            double[] row = (rows[i] is null ? null : x(rows[i])) ?? throw Wrong(name, i, "it is null", "Remove the example.");
            if (values is null)
            {
                features = row.Length > 0 ? row.Length : throw Wrong(name, i, "it has no features", "Provide at least one feature.");
                values = new double[BufferSize.Elements("the features", sizeof(double), rows.Length, features)];
            }
            if (row.Length != features)
                throw Wrong(name, i, $"it has {row.Length} features, and example 0 has {features}", "Use the same number in each example.");
            for (int j = 0; j < features; j++)
                values[i * features + j] = RequireFinite(row[j], name, i, $"feature {j}");
        }
        return FeatureTable.FromDoubles(values, rows.Length, features);
    }

    /// <summary>Reads the value to predict for each row.</summary>
    /// <exception cref="InvalidInputException">A value is not finite.</exception>
    public static double[] ReadValues<T>(string name, T[] rows, Func<T, double> y) =>
        [.. rows.Select((row, i) =>
            y(row) is var value && float.IsFinite((float)value) ? value : throw NotFinite(name, i, "target", value))];

    /// <summary>Reads the class of each row.</summary>
    /// <exception cref="InvalidInputException">A class is null.</exception>
    public static string[] ReadLabels<T>(string name, T[] rows, Func<T, string> y) =>
        [.. rows.Select((row, i) => y(row) ?? throw Wrong(name, i, "its class is null", "Provide a class for each example."))];

    /// <summary>The error for a number that cannot be used.</summary>
    public static InvalidInputException NotFinite(string name, int example, string where, double value) => new(
        $"cannot use {name}", $"example {example}, {where}",
        string.Create(CultureInfo.InvariantCulture, $"the value is {value}, not a finite number within a float's range (3.4e38)"), Remedy);

    private static double RequireFinite(double value, string name, int example, string where) =>
        float.IsFinite((float)value) ? value : throw NotFinite(name, example, where, value);

    private static InvalidInputException Wrong(string name, int example, string why, string remedy) =>
        new($"cannot use {name}", $"example {example}", why, remedy);
}
