namespace Nabla;

/// <summary>Reads class numbers from an array: one whole number for each example, or a one-hot row for each.</summary>
internal static class LabelColumn
{
    /// <summary>The largest number of classes. More indicate a mistake, such as a column of values to predict.</summary>
    public const int MaxClasses = 1 << 16;

    private const string Remedy = "Save the labels as integers, one for each example.";

    /// <summary>The class number of each example; not checked against a number of classes.</summary>
    /// <param name="array">[examples], [examples, 1] or, one-hot, [examples, classes].</param>
    /// <param name="location">The file it was read from.</param>
    /// <exception cref="InvalidInputException">
    /// The shape is wrong, there are too many columns, an element is not a whole number, or a row is not one-hot.
    /// </exception>
    public static long[] Read(NumericArray array, FileLocation location)
    {
        if (array.Shape.Count is 0 or > 2)
            throw location.Error(
                $"labels of shape [{string.Join(", ", array.Shape)}] are neither [examples] nor [examples, classes]", Remedy);
        int columns = Math.Max(ColumnsOf(array), 1);
        if (columns > MaxClasses)
            throw location.Error($"its rows have {columns} columns, and more than {MaxClasses} classes are not supported", Remedy);
        int wrong = array.IndexOfNonInteger();
        if (wrong >= 0)
            throw Error(location, wrong / columns, $"the label {array.ElementAsText(wrong)} is not a whole number");
        var values = array.ToInt64s();
        return columns == 1 ? values : FromOneHot(values, columns, location);
    }

    /// <summary>Number of classes of a one-hot array; 0 if there is one number for each example.</summary>
    public static int ColumnsOf(NumericArray array) => array.Shape.Count == 2 && array.Shape[1] > 1 ? array.Shape[1] : 0;

    private static long[] FromOneHot(long[] values, int columns, FileLocation location)
    {
        var labels = new long[values.Length / columns];
        for (int i = 0; i < labels.Length; i++)
        {
            var row = values.AsSpan(i * columns, columns);
            labels[i] = row.IndexOf(1);
            if (row.IndexOfAnyExcept(0, 1) >= 0 || row.Count(1) != 1)
                throw Error(location, i, "its row is not one-hot (a single 1, and 0 elsewhere)");
        }
        return labels;
    }

    private static InvalidInputException Error(FileLocation location, int example, string why) =>
        new($"cannot use {location.File}", $"{location.Member ?? "labels"}, example {example}", why, Remedy);
}
