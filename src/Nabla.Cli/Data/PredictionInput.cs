namespace Nabla.Cli;

/// <summary>Inputs without labels: where they came from, and their features.</summary>
/// <param name="Name">As the user wrote it.</param>
/// <param name="Features">[examples, features], raw.</param>
internal sealed record PredictionInput(string Name, FeatureTable Features)
{
    /// <summary>The member that is taken from a .npz with several: test inputs before others.</summary>
    private static readonly string[] Preferred = ["x", "x_test", "x_train"];

    /// <summary>Reads inputs for a model.</summary>
    /// <exception cref="InvalidInputException">The file is none that holds inputs, or they do not fit the model.</exception>
    public static FeatureTable Read(string input, Classifier model, Terminal terminal)
    {
        string path = terminal.FullPath(input);
        return ContentKinds.Of(path, terminal) switch
        {
            ContentKind.Png => PictureInput.Read(path, model, input, terminal),
            ContentKind.Npy => Fit(NpyReader.Read(path), model, input),
            ContentKind.Npz => Fit(FromArchive(path, input), model, input),
            ContentKind.Idx => Fit(IdxReader.Read(path), model, input),
            ContentKind.Text => TableData.LoadInputs(path, model, input),
            var kind => throw new InvalidInputException(
                $"cannot use {input} as input", input, ContentKinds.WhyNot(kind),
                "Give a PNG image, a .npy, .npz or IDX array, or a .csv."),
        };
    }

    /// <summary>One example of the model's shape, or several in a row.</summary>
    private static FeatureTable Fit(NumericArray array, Classifier model, string input)
    {
        var shape = array.Shape;
        int features = model.Network.Topology.Inputs(0);
        bool isOne = shape.SequenceEqual(model.InputShape) || shape is [var length] && length == features;
        bool areSeveral = shape.Count > 0 && (shape.Skip(1).SequenceEqual(model.InputShape) || (shape.Count == 2 && shape[1] == features));
        if (!isOne && !areSeveral)
        {
            throw new InvalidInputException(
                $"{input} does not fit the model", "the array's shape",
                $"it is [{string.Join(", ", shape)}], and the model takes [{string.Join(", ", model.InputShape)}] or [examples, {string.Join(", ", model.InputShape)}]",
                "Give inputs of the kind that the model was trained on.");
        }
        int rows = isOne ? 1 : shape[0];
        return array.ElementType == ElementType.UInt8
            ? FeatureTable.FromBytes(array.ToBytes(), rows, features)
            : FeatureTable.FromFloats(Finite(array.ToSingles(), features, input), rows, features);
    }

    private static float[] Finite(float[] values, int features, string input)
    {
        int wrong = Array.FindIndex(values, value => !float.IsFinite(value));
        return wrong < 0
            ? values
            : throw new InvalidInputException(
                $"cannot use {input} as input", $"example {wrong / features}, feature {wrong % features}", $"the value is {values[wrong]}, no finite number",
                "Remove the example, or put a number in its place.");
    }

    private static NumericArray FromArchive(string path, string input)
    {
        using var archive = NpzReader.Open(path);
        string? name = archive.Names.Count == 1 ? archive.Names[0] : Preferred.FirstOrDefault(archive.Contains);
        return name is not null
            ? archive.Read(name)
            : throw new InvalidInputException(
                $"cannot use {input} as input", input, $"it has several arrays ({string.Join(", ", archive.Names)}) and none is called x",
                "Save the inputs under the name x: numpy.savez(file, x=...).");
    }
}
