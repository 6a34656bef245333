namespace Nabla;

/// <summary>Reads values to predict from an array: one number for each example, or a row of numbers for each.</summary>
internal static class ValueColumns
{
    private const string Remedy = "Save the values as numbers: one number or one row of numbers for each example.";

    /// <summary>Whether an array seems to hold values to predict rather than labels.</summary>
    public static bool AreLikely(NumericArray array)
    {
        if (array.ElementType is not (ElementType.Float16 or ElementType.Float32 or ElementType.Float64) || array.Shape.Count is 0 or > 2)
            return false; // integers are labels; a wrong shape is reported when labels are read
        if (array.IndexOfNonInteger() >= 0)
            return true;
        var values = array.ToDoubles();
        bool isOneHot = LabelColumn.ColumnsOf(array) > 0 && values.All(value => value is 0 or 1);
        bool areFew = values.Distinct().Take(Datasets.MaxWholeClasses + 1).Count() <= Datasets.MaxWholeClasses;
        return !isOneHot && !(areFew && values.All(value => value >= 0));
    }

    /// <summary>The values of each example.</summary>
    /// <param name="array">[examples], or [examples, targets].</param>
    /// <param name="examples">Number of examples.</param>
    /// <param name="location">The file it was read from.</param>
    /// <exception cref="InvalidInputException">The shape is wrong, or a number is not finite.</exception>
    public static ValueTargets Read(NumericArray array, int examples, FileLocation location)
    {
        if (array.Shape.Count is 0 or > 2 || array.Shape[0] != examples || array.Length == 0)
        {
            throw location.Error(
                $"its shape is [{string.Join(", ", array.Shape)}], but should be [{examples}] or [{examples}, targets]", Remedy);
        }
        int width = array.Length / examples;
        var values = array.ToDoubles();
        int wrong = values.AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (wrong >= 0)
        {
            throw new InvalidInputException(
                $"cannot use {location.File}", $"{location.Member ?? "targets"}, example {wrong / width}",
                $"the value {array.ElementAsText(wrong)} is not a finite float32", "Remove the example, or put a number in its place.");
        }
        string[] names = width == 1 ? ["target"] : [.. Enumerable.Range(0, width).Select(target => $"target {target}")];
        return new ValueTargets(values, names);
    }
}
