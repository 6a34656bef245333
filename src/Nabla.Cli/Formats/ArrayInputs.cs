namespace Nabla.Cli;

/// <summary>Converts arrays to inputs of a model.</summary>
internal static class ArrayInputs
{
    /// <summary>Converts one example with the model's shape, or several: [examples, shape].</summary>
    /// <exception cref="InvalidInputException">The shape does not fit the model, or a value is not finite.</exception>
    public static FeatureTable Fit(NumericArray array, Model model, string input)
    {
        var shape = array.Shape;
        int features = model.Topology.Inputs(0);
        bool isOne = shape.SequenceEqual(model.InputShape) || shape is [var length] && length == features;
        bool areSeveral = shape.Count > 0 && (shape.Skip(1).SequenceEqual(model.InputShape) || (shape.Count == 2 && shape[1] == features));
        if (!isOne && !areSeveral)
        {
            string expected = string.Join(", ", model.InputShape);
            throw new InvalidInputException(
                $"{input} does not fit the model", "the array's shape",
                $"it is [{string.Join(", ", shape)}], and the model takes [{expected}] or [examples, {expected}]",
                "Use inputs of the same kind as the training data.");
        }
        if (array.ElementType == ElementType.UInt8 != model.TakesBytes)
        {
            throw new InvalidInputException(
                $"{input} does not fit the model", "the array's type",
                $"the model was trained on {(model.TakesBytes ? "bytes from 0 to 255" : "numbers other than bytes")}, and these are "
                    + array.ElementType.ToString().ToLowerInvariant(),
                "Use data of the same type as the training data.");
        }
        int rows = isOne ? 1 : shape[0];
        return array.ElementType == ElementType.UInt8
            ? FeatureTable.FromBytes(array.ToBytes(), rows, features)
            : FeatureTable.FromDoubles(Finite(array.ToDoubles(), features, input), rows, features);
    }

    private static double[] Finite(double[] values, int features, string input)
    {
        int wrong = Array.FindIndex(values, value => !float.IsFinite((float)value));
        return wrong < 0
            ? values
            : throw new InvalidInputException(
                $"cannot use {input} as input", $"example {wrong / features}, feature {wrong % features}",
                $"the value is {values[wrong]}, not a finite number", "Remove the example, or put a number in its place.");
    }
}
