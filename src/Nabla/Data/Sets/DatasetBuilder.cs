using Nabla.Kernels;

namespace Nabla;

/// <summary>Two arrays for a data set, and the files they were read from.</summary>
internal sealed record DatasetPart(IExampleArray X, LabelArray Y, FileLocation XLocation, FileLocation YLocation);

/// <summary>Creates data sets from arrays. Checks that the arrays match, and reports the first example that does not.</summary>
internal static class DatasetBuilder
{
    /// <summary>Builds both sets. The training labels determine the classes, unless they are known.</summary>
    /// <param name="name">Name of the data in messages.</param>
    /// <param name="train">The training set, or all examples; null if there are test examples alone.</param>
    /// <param name="test">The test set; null if there is none.</param>
    /// <param name="kind">Whether the targets are classes or values.</param>
    /// <param name="classes">The names of the classes; null if the labels decide.</param>
    /// <exception cref="InvalidInputException">The arrays do not match, or contain values that cannot be used.</exception>
    public static (Dataset? Train, Dataset? Test) Build(
        string name, DatasetPart? train, DatasetPart? test, TargetKind kind, IReadOnlyList<string>? classes = null)
    {
        var first = train ?? test!;
        var shape = ExampleShape(first);
        Func<DatasetPart, Targets> read = AreValues(first, kind, classes) ? ReadValues : ReadLabels(first, train is not null, classes);
        var trainSet = train is null ? null : new Dataset(name, Inputs(train, shape), read(train), inputShape: shape);
        if (test is null)
            return (trainSet, null);
        if (train is not null)
            CheckTest(test, train, shape);
        var testTargets = read(test);
        if (trainSet is not null && testTargets.Width != trainSet.Targets.Width)
        {
            throw test.YLocation.Error(
                $"an example has {testTargets.Width} values to predict, but an example of the training set has {trainSet.Targets.Width}",
                "Save the same number of values for each example.");
        }
        return (trainSet, new Dataset($"{name} (test)", Inputs(test, shape), testTargets, inputShape: shape));
    }

    private static bool AreValues(DatasetPart part, TargetKind kind, IReadOnlyList<string>? classes) => kind == TargetKind.Values
        || (kind == TargetKind.Automatic && classes is null && part.Y.Numbers is { } numbers && ValueColumns.AreLikely(numbers));

    private static ValueTargets ReadValues(DatasetPart part) => part.Y.Numbers is { } numbers
        ? ValueColumns.Read(numbers, part.X.Shape[0], part.YLocation)
        : throw part.YLocation.Error("it holds texts, and values to predict are numbers", "Save numbers, or choose classification.");

    /// <summary>Reads labels of the known classes, or of those that occur first: numbers, texts, or the columns of one-hot rows.</summary>
    private static Func<DatasetPart, Targets> ReadLabels(DatasetPart first, bool isTraining, IReadOnlyList<string>? classes)
    {
        var labels = LabelColumn.Read(first.Y, first.YLocation);
        if (classes is null && labels.Indices.Length == 0)
            throw first.YLocation.Error("it has no labels", "Add examples.");
        if (classes is null && isTraining && labels.Indices.Distinct().Take(2).Count() < 2)
        {
            throw first.YLocation.Error(
                $"all labels are {labels.Names[labels.Indices[0]]}, and there is nothing to learn from a single class",
                "Add examples of another class.");
        }
        string[] names = classes is null ? labels.Names : [.. classes];
        return part => new ClassTargets(
            Classes(ReferenceEquals(part, first) ? labels : LabelColumn.Read(part.Y, part.YLocation), names, part), names);
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

    private static FeatureTable Inputs(DatasetPart part, int[] shape) => part.X is StoredArray stored
        ? StoredInputs.Read(stored, shape, part.XLocation)
        : Inputs((NumericArray)part.X, shape, part.XLocation);

    private static FeatureTable Inputs(NumericArray array, int[] shape, FileLocation location)
    {
        int rows = array.Shape[0];
        int columns = array.Length / rows;
        if (array.ElementType == ElementType.UInt8)
            return FeatureTable.FromBytes(array.Buffer, rows, columns);
        var values = array.ToFloats();
        int wrong = Finite.IndexOfOther(values);
        if (wrong >= 0)
            throw NotFinite(location, shape, wrong / columns, wrong % columns, array.ElementAsText(wrong));
        return NeedsOrigins(array, shape)
            ? FeatureTable.FromDoubles(array.ToDoubles(), rows, columns)
            : FeatureTable.FromFloats(values, rows, columns);
    }

    /// <summary>Whether columns may need origins: pixels of an image share the origin 0, and floats need no other.</summary>
    public static bool NeedsOrigins(IExampleArray array, int[] shape) => shape.Length == 1 && !ElementTypes.FitFloats(array.ElementType);

    /// <summary>The error for an input that cannot be used.</summary>
    public static InvalidInputException NotFinite(FileLocation location, int[] shape, int example, int feature, string value) => new(
        $"cannot use {location.File}",
        $"{location.Member ?? "inputs"}, example {example}, feature {feature}"
            + (shape.Length == 1 ? "" : $" of [{string.Join(", ", shape)}]"),
        $"the value {value} is not a finite float32", "Remove the example, or put a number in its place.");

    /// <summary>The class of each example: the place of its label's name among the names of the classes.</summary>
    private static int[] Classes(LabelColumn labels, string[] names, DatasetPart part)
    {
        if (labels.Indices.Length != part.X.Shape[0])
        {
            throw part.YLocation.Error(
                $"it has {labels.Indices.Length} labels for {part.X.Shape[0]} examples",
                "Save inputs and labels of the same examples, in the same order.");
        }
        var places = names.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        int[] classes = Array.ConvertAll(labels.Names, name => places.GetValueOrDefault(name, -1));
        int wrong = Array.FindIndex(labels.Indices, label => classes[label] < 0);
        if (wrong < 0)
        {
            for (int i = 0; i < labels.Indices.Length; i++)
                labels.Indices[i] = classes[labels.Indices[i]];
            return labels.Indices;
        }
        throw new InvalidInputException(
            $"cannot use {part.YLocation.File}",
            $"{part.YLocation.Member ?? "labels"}, example {wrong}",
            $"the label is {labels.Names[labels.Indices[wrong]]}, but the training labels are {Targets.Shorten(names)}",
            "Remove the example, or add examples of this class to the training set; for numbers to predict, choose regression.");
    }
}
