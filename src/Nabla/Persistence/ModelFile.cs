namespace Nabla;

/// <summary>A classifier as a safetensors file: parameters and scaling as tensors, everything else as metadata (docs/file-formats.md).</summary>
internal static class ModelFile
{
    private const string Offset = "preprocessing.offset";
    private const string Scale = "preprocessing.scale";

    /// <summary>Saves a model, and, if its training is not complete, what going on with it takes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="unfinished">Its training, if that was interrupted.</param>
    /// <param name="path">Replaced only when all is on the disk.</param>
    public static void Save(Classifier model, ClassifierTraining? unfinished, string path)
    {
        var tensors = new List<(string Name, int[] Shape, ReadOnlyMemory<float> Values)>();
        var topology = model.Network.Topology;
        float[] parameters = topology.ByNeuron(model.Network.Parameters);
        for (int layer = 0; layer < topology.LayerCount; layer++)
        {
            tensors.Add((WeightName(layer), [topology.Outputs(layer), topology.Inputs(layer)], topology.Weights(parameters, layer).ToArray()));
            tensors.Add((BiasName(layer), [topology.Outputs(layer)], topology.Biases(parameters, layer).ToArray()));
        }
        tensors.Add((Offset, [model.Preprocessing.Offsets.Length], model.Preprocessing.Offsets.ToArray()));
        tensors.Add((Scale, [model.Preprocessing.Scales.Length], model.Preprocessing.Scales.ToArray()));
        foreach (var (name, values) in unfinished?.Optimizer?.State ?? [])
            tensors.Add((StateName(name), [values.Length], topology.ByNeuron(values)));

        var metadata = new ModelMetadata(
            model.Options, model.Preprocessing.Scaling, model.ClassNames, model.InputShape, model.TakesBytes,
            unfinished?.Optimizer is null ? null : new Interruption(unfinished.Position, unfinished.TrainingData.Digest));
        SafetensorsFile.Write(path, metadata.ToStrings(model.Notes), tensors);
    }

    /// <summary>Loads a model.</summary>
    /// <exception cref="InvalidInputException">The file is no model, or is damaged.</exception>
    public static Classifier Load(string path)
    {
        using var file = SafetensorsFile.Read(path);
        return Load(file, Understand(file, path), path);
    }

    /// <summary>Loads a model whose training was interrupted, and goes on from there.</summary>
    /// <param name="path">What an interrupted training saved.</param>
    /// <param name="train">The same training data as before.</param>
    /// <param name="validation">Data to measure accuracy on, or null.</param>
    /// <exception cref="InvalidInputException">The file is no model, is damaged, or its training was complete.</exception>
    public static ClassifierTraining Resume(string path, Dataset train, Dataset? validation)
    {
        using var file = SafetensorsFile.Read(path);
        var metadata = Understand(file, path);
        if (metadata.Interruption is not { Position: var position } interruption)
        {
            throw new InvalidInputException(
                $"cannot go on with {path}", "its metadata", "this training was complete, or was made by an engine that cannot go on",
                "Only a training that was interrupted can be resumed; train anew with more epochs.");
        }
        if (interruption.Data != train.Digest)
        {
            throw new InvalidInputException(
                $"cannot go on with {path}", $"the {train.Count} training examples of {train.Name}", "they are not those that the training began with",
                "Give the same training data as before.");
        }
        var training = ClassifierTraining.Continue(train, validation, Load(file, metadata, path), position);
        if (!interruption.IsPossible(metadata.Options, training.BatchCount, train.Count))
            throw Damaged(path, "its metadata", $"no training of {metadata.Options.Epochs} epochs can have stopped at {position}");
        foreach (var (name, values) in training.Optimizer!.State)
            training.Model.Network.Topology.FromByNeuron(Read(file, StateName(name), [values.Length], path), values);
        training.Optimizer.Restore((long)position.Epoch * training.BatchCount + position.Batch);
        return training;
    }

    private static Classifier Load(SafetensorsFile file, ModelMetadata metadata, string path)
    {
        var options = metadata.Options;
        var topology = TopologyOf(file, metadata, path);
        var parameters = new float[topology.ParameterCount];
        for (int layer = 0; layer < topology.LayerCount; layer++)
        {
            Read(file, WeightName(layer), [topology.Outputs(layer), topology.Inputs(layer)], path).CopyTo(topology.Weights(parameters, layer));
            Read(file, BiasName(layer), [topology.Outputs(layer)], path).CopyTo(topology.Biases(parameters, layer));
        }
        var network = new Network(topology);
        topology.FromByNeuron(parameters, network.Change());
        int scales = file.Find(Scale)?.Shape is [int count] && count != 1 ? topology.Inputs(0) : 1;
        var preprocessing = new Preprocessing(metadata.Scaling, Read(file, Offset, [scales], path), Read(file, Scale, [scales], path));
        var model = new Classifier(network, preprocessing, metadata.Classes, metadata.InputShape, metadata.TakesBytes, options);
        foreach (var (name, text) in ModelMetadata.Notes(file.Metadata))
            model.Notes[name] = text;
        return model;
    }

    private static ModelMetadata Understand(SafetensorsFile file, string path)
    {
        try
        {
            return ModelMetadata.FromStrings(file.Metadata);
        }
        catch (FormatException e)
        {
            throw new InvalidInputException($"cannot use {path} as a model", "its metadata", e.Message, "Use a file that nabla train wrote.", e);
        }
    }

    /// <summary>The shape that the metadata claim, believed only once the tensors in the file have it: nothing is allocated on the word of a header.</summary>
    private static Topology TopologyOf(SafetensorsFile file, ModelMetadata metadata, string path)
    {
        long inputs = metadata.InputShape.Aggregate(1L, (product, size) => size > 0 && product <= int.MaxValue ? product * size : 0);
        if (inputs is < 1 or > int.MaxValue || metadata.Classes.Count == 0)
            throw Damaged(path, "its metadata", $"an input shape of [{string.Join(", ", metadata.InputShape)}] and {metadata.Classes.Count} classes");
        int[] sizes = [(int)inputs, .. metadata.Options.Hidden, metadata.Classes.Count];
        for (int layer = 0; layer < sizes.Length - 1; layer++)
        {
            Find(file, WeightName(layer), [sizes[layer + 1], sizes[layer]], path);
            Find(file, BiasName(layer), [sizes[layer + 1]], path);
        }
        return new Topology(sizes, metadata.Options.Activation, metadata.Options.ResolvedOutputActivation);
    }

    private static float[] Read(SafetensorsFile file, string name, int[] shape, string path)
    {
        Find(file, name, shape, path);
        float[] values = file.ReadSingles(name);
        int wrong = values.AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        return wrong < 0 ? values : throw Damaged(path, $"tensor {name}, element {wrong}", $"{values[wrong]} is no finite number");
    }

    private static void Find(SafetensorsFile file, string name, int[] shape, string path)
    {
        var tensor = file.Find(name)
            ?? throw Damaged(path, $"tensor {name}", "it is missing");
        if (!tensor.Shape.SequenceEqual(shape))
            throw Damaged(path, $"tensor {name}", $"its shape is [{string.Join(", ", tensor.Shape)}], but the metadata ask for [{string.Join(", ", shape)}]");
    }

    private static InvalidInputException Damaged(string path, string where, string why) =>
        new($"cannot use {path} as a model", where, why, "The file is damaged or was changed by hand; train or copy it again.");

    private static string WeightName(int layer) => $"layers.{layer}.weight";

    private static string BiasName(int layer) => $"layers.{layer}.bias";

    private static string StateName(string name) => $"optimizer.{name}";
}
