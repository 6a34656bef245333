using System.Globalization;
using Nabla.Kernels;

namespace Nabla;

/// <summary>Two arrays for a data set, and the files they were read from.</summary>
internal sealed record DatasetPart(NumericArray X, NumericArray Y, FileLocation XLocation, FileLocation YLocation);

/// <summary>Creates data sets from arrays. Checks that the arrays match, and reports the first example that does not.</summary>
internal static class DatasetBuilder
{
    /// <summary>Builds both sets. The training labels determine the classes.</summary>
    /// <exception cref="InvalidInputException">The arrays do not match, or contain values that cannot be used.</exception>
    public static (Dataset Train, Dataset? Test) Build(string name, DatasetPart train, DatasetPart? test, TargetKind kind)
    {
        var shape = ExampleShape(train);
        bool areValues = kind == TargetKind.Values || (kind == TargetKind.Automatic && ValueColumns.AreLikely(train.Y));
        Func<DatasetPart, Targets> read = areValues ? ReadValues : ReadLabels(train);
        var trainSet = new Dataset(name, Inputs(train, shape), read(train), inputShape: shape);
        if (test is null)
            return (trainSet, null);
        CheckTest(test, train, shape);
        var testTargets = read(test);
        if (testTargets.Width != trainSet.Targets.Width)
        {
            throw test.YLocation.Error(
                $"an example has {testTargets.Width} values to predict, but an example of the training set has {trainSet.Targets.Width}",
                "Save the same number of values for each example.");
        }
        return (trainSet, new Dataset($"{name} (test)", Inputs(test, shape), testTargets, inputShape: shape));
    }

    private static ValueTargets ReadValues(DatasetPart part) => ValueColumns.Read(part.Y, part.X.Shape[0], part.YLocation);

    /// <summary>Reads labels of the classes that the training set has: its numbers, or the columns of its one-hot rows.</summary>
    private static Func<DatasetPart, Targets> ReadLabels(DatasetPart train)
    {
        long[] labels = LabelColumn.Read(train.Y, train.YLocation);
        int columns = LabelColumn.ColumnsOf(train.Y);
        long[] classes = columns > 0 ? [.. Enumerable.Range(0, columns)] : [.. labels.Distinct().Order()];
        if (classes.Length > LabelColumn.MaxClasses)
        {
            throw train.YLocation.Error(
                $"it has {classes.Length} different labels, and more than {LabelColumn.MaxClasses} classes are not supported",
                "For numbers to predict, choose regression.");
        }
        if (labels.Distinct().Take(2).Count() < 2)
        {
            throw train.YLocation.Error(
                labels.Length == 0 ? "it has no labels" : $"all labels are {labels[0]}, and there is nothing to learn from a single class",
                "Add examples of another class.");
        }
        string[] names = Array.ConvertAll(classes, label => label.ToString(CultureInfo.InvariantCulture));
        return part => new ClassTargets(Classes(LabelColumn.Read(part.Y, part.YLocation), classes, names, part), names);
    }

    private static void CheckTest(DatasetPart test, DatasetPart train, int[] shape)
    {
        var testShape = ExampleShape(test);
        if (!testShape.SequenceEqual(shape))
        {
            throw test.XLocation.Error(
                $"its examples have the shape [{string.Join(", ", testShape)}], those of the training set [{string.Join(", ", shape)}]",
                "Save test examples with the shape of the training examples.");
        }
        if (test.X.ElementType is ElementType.UInt8 != train.X.ElementType is ElementType.UInt8)
        {
            throw test.XLocation.Error(
                $"its elements are {test.X.ElementType}, those of the training set {train.X.ElementType}",
                "Save both as uint8, or both as float32.");
        }
    }

    private static int[] ExampleShape(DatasetPart part)
    {
        var shape = part.X.Shape;
        if (shape.Count < 2 || shape.Contains(0))
        {
            throw part.XLocation.Error(
                $"its shape is [{string.Join(", ", shape)}], but should be [examples, features] or [examples, height, width], "
                    + "without a size of 0",
                "Reshape the inputs, e.g. with x.reshape(len(x), -1).");
        }
        return [.. shape.Skip(1)];
    }

    private static FeatureTable Inputs(DatasetPart part, int[] shape)
    {
        int rows = part.X.Shape[0];
        int columns = part.X.Length / rows;
        if (part.X.ElementType == ElementType.UInt8)
            return FeatureTable.FromBytes(part.X.Buffer, rows, columns);
        var values = part.X.ToSingles();
        int wrong = Finite.IndexOfOther(values);
        if (wrong >= 0)
        {
            string feature = shape.Length == 1
                ? $"feature {wrong % columns}"
                : $"feature {wrong % columns} of [{string.Join(", ", shape)}]";
            throw new InvalidInputException(
                $"cannot use {part.XLocation.File}",
                $"{part.XLocation.Member ?? "inputs"}, example {wrong / columns}, {feature}",
                $"the value {part.X.ElementAsText(wrong)} is not a finite float32",
                "Remove the example, or put a number in its place.");
        }
        // Pixels of an image share the origin 0, and floats need no other.
        return shape.Length == 1 && !part.X.FitsSingles
            ? FeatureTable.FromDoubles(part.X.ToDoubles(), rows, columns)
            : FeatureTable.FromFloats(values, rows, columns);
    }

    private static int[] Classes(long[] labels, long[] classes, string[] names, DatasetPart part)
    {
        if (labels.Length != part.X.Shape[0])
        {
            throw part.YLocation.Error(
                $"it has {labels.Length} labels for {part.X.Shape[0]} examples",
                "Save inputs and labels of the same examples, in the same order.");
        }
        int[] numbers = Array.ConvertAll(labels, label => Array.BinarySearch(classes, label));
        int wrong = Array.FindIndex(numbers, number => number < 0);
        if (wrong < 0)
            return numbers;
        throw new InvalidInputException(
            $"cannot use {part.YLocation.File}",
            $"{part.YLocation.Member ?? "labels"}, example {wrong}",
            $"the label is {labels[wrong]}, but the training labels are {Targets.Shorten(names)}",
            "Remove the example, or add examples of this class to the training set; for numbers to predict, choose regression.");
    }
}
