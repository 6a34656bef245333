using System.Globalization;
using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>The labels of examples: the different names, in ascending order, and the place of each example's label among them.</summary>
internal sealed record LabelColumn(int[] Indices, string[] Names)
{
    /// <summary>The largest number of classes. More indicate a mistake, such as a column of values to predict.</summary>
    public const int MaxClasses = 1 << 16;

    private const int PartLength = 1 << 12; // labels that are read at once

    private const string Remedy = "Save the labels as integers, one for each example.";

    /// <summary>Reads labels: whole numbers, texts, or one-hot rows.</summary>
    /// <param name="array">[examples], [examples, 1] or, one-hot, [examples, classes].</param>
    /// <param name="location">The file it was read from.</param>
    /// <exception cref="InvalidInputException">
    /// The shape is wrong, there are too many classes, an element is not a whole number, or a row is not one-hot.
    /// </exception>
    public static LabelColumn Read(LabelArray array, FileLocation location)
    {
        bool isColumn = array.Shape is [_] or [_, 1];
        if (!isColumn && (array.Shape.Count is not 2 || array.Texts is not null))
        {
            throw location.Error(
                $"labels of shape [{string.Join(", ", array.Shape)}] are neither [examples] nor [examples, classes]", Remedy);
        }
        if (array.Texts is { } texts)
        {
            var (indices, names) = texts.Distinct(MaxClasses, location);
            return new LabelColumn(indices, names);
        }
        return isColumn ? FromNumbers(array.Numbers!, location) : FromOneHot(array.Numbers!, location);
    }

    /// <summary>Number of classes of a one-hot array; 0 if there is one label for each example.</summary>
    public static int ColumnsOf(NumericArray array) => array.Shape.Count == 2 && array.Shape[1] > 1 ? array.Shape[1] : 0;

    private static LabelColumn FromNumbers(NumericArray array, FileLocation location)
    {
        // The upper half of 64 bits is beyond the range of a long.
        if (array.ElementType == ElementType.UInt64)
        {
            return FromNumbers<ulong>(
                array.Length, (start, part) => MemoryMarshal.Cast<byte, ulong>(array.RawBytes).Slice(start, part.Length).CopyTo(part),
                location);
        }
        RequireIntegers(array, 1, location);
        return FromNumbers<long>(array.Length, array.Convert, location);
    }

    private static LabelColumn FromNumbers<T>(int count, LabelPart<T> copy, FileLocation location)
        where T : unmanaged, IFormattable
    {
        var numbers = new Dictionary<T, int>();
        var indices = new int[count];
        var part = new T[Math.Min(count, PartLength)];
        for (int start = 0; start < indices.Length; start += part.Length)
        {
            var labels = part.AsSpan(0, Math.Min(part.Length, indices.Length - start));
            copy(start, labels);
            for (int i = 0; i < labels.Length; i++)
            {
                if (!numbers.TryGetValue(labels[i], out indices[start + i]))
                    numbers.Add(labels[i], indices[start + i] = numbers.Count);
            }
        }
        if (numbers.Count > MaxClasses)
        {
            throw location.Error(
                $"it has {numbers.Count} different labels, and more than {MaxClasses} classes are not supported",
                "For numbers to predict, choose regression.");
        }
        T[] classes = [.. numbers.Keys.Order()];
        var places = new int[classes.Length]; // from the order of occurrence to that of the labels
        for (int place = 0; place < places.Length; place++)
            places[numbers[classes[place]]] = place;
        for (int i = 0; i < indices.Length; i++)
            indices[i] = places[indices[i]];
        return new LabelColumn(indices, Array.ConvertAll(classes, label => label.ToString(null, CultureInfo.InvariantCulture)));
    }

    /// <summary>Reads one-hot rows: the classes are the columns, named by their numbers.</summary>
    private static LabelColumn FromOneHot(NumericArray array, FileLocation location)
    {
        int columns = array.Shape[1];
        if (columns > MaxClasses)
            throw location.Error($"its rows have {columns} columns, and more than {MaxClasses} classes are not supported", Remedy);
        if (columns == 0)
            throw location.Error("its rows have no columns", Remedy);
        RequireIntegers(array, columns, location);
        long[] values = array.ToInt64s();
        int[] labels = new int[values.Length / columns];
        for (int i = 0; i < labels.Length; i++)
        {
            var row = values.AsSpan(i * columns, columns);
            labels[i] = row.IndexOf(1);
            if (row.IndexOfAnyExcept(0, 1) >= 0 || row.Count(1) != 1)
                throw Error(location, i, "its row is not one-hot (a single 1, and 0 elsewhere)");
        }
        return new LabelColumn(labels, [.. Enumerable.Range(0, columns).Select(column => column.ToString(CultureInfo.InvariantCulture))]);
    }

    /// <summary>Copies the labels from <paramref name="start"/> on.</summary>
    private delegate void LabelPart<T>(int start, Span<T> labels);

    private static void RequireIntegers(NumericArray array, int columns, FileLocation location)
    {
        int wrong = array.IndexOfNonInteger();
        if (wrong >= 0)
            throw Error(location, wrong / columns, $"the label {array.ElementAsText(wrong)} is not a whole number");
    }

    private static InvalidInputException Error(FileLocation location, int example, string why) =>
        new($"cannot use {location.File}", $"{location.Member ?? "labels"}, example {example}", why, Remedy);
}
