using Nabla.Kernels;

namespace Nabla;

/// <summary>A model as a safetensors file: parameters and scaling as tensors, everything else as metadata (docs/file-formats.md).</summary>
internal static class ModelFile
{
    private const string Offset = "preprocessing.offset";
    private const string Scale = "preprocessing.scale";
    private const string InverseLimit = "preprocessing.inverse_limit";
    private const string LayerPrefix = "layers.";
    private const string BestParameters = "best.parameters";

    /// <summary>Saves a model and, if its training run is not complete, the state for resuming it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="unfinished">Its training run, if it was interrupted.</param>
    /// <param name="path">Replaced only after everything has been written to the disk.</param>
    public static void Save(Model model, UnfinishedTraining? unfinished, string path)
    {
        var tensors = new List<(string Name, int[] Shape, ReadOnlyMemory<float> Values)>();
        var topology = model.Network.Topology;
        float[] parameters = topology.ByNeuron(model.Network.Parameters);
        foreach (var block in topology.BlocksByLayer)
            tensors.Add((block.Name, FileShape(block), parameters.AsMemory(block.Start, block.Length)));
        tensors.Add((Offset, [model.Preprocessing.Offsets.Length], model.Preprocessing.Offsets.ToArray()));
        tensors.Add((Scale, [model.Preprocessing.Scales.Length], model.Preprocessing.Scales.ToArray()));
        if (model.Preprocessing.InverseLimits is { Length: > 0 } limits)
            tensors.Add((InverseLimit, [limits.Length], limits.ToArray()));
        foreach (var (name, values) in unfinished?.OptimizerState ?? [])
            tensors.Add((StateName(name), [values.Length], StateByNeuron(topology, values)));
        if (unfinished?.Best is { } best)
            tensors.Add((BestParameters, [best.Parameters.Length], topology.ByNeuron(best.Parameters)));

        var metadata = new ModelMetadata(
            model.Task, model.Options, model.Preprocessing.Scaling, model.Preprocessing.Origins.ToArray(), model.TargetScaling,
            model.OutputNames, model.InputShape, model.TakesBytes,
            unfinished is null ? null : new Interruption(
                unfinished.Position, unfinished.Schedule, unfinished.DataDigest, unfinished.ValidationDigest,
                unfinished.Best?.Score));
        SafetensorsFile.Write(path, metadata.ToStrings(model.Notes), tensors);
    }

    /// <summary>Loads a model.</summary>
    /// <exception cref="InvalidInputException">The file is not a model, or is damaged.</exception>
    public static Model Load(string path)
    {
        using var file = SafetensorsFile.Read(path);
        return Load(file, ParseMetadata(file, path), path);
    }

    /// <summary>Loads a model of a certain type.</summary>
    /// <exception cref="InvalidInputException">The file is not such a model, or is damaged.</exception>
    public static TModel Load<TModel>(string path)
        where TModel : Model => Require<TModel>(Load(path), path);

    /// <summary>Loads a model whose training run was interrupted, and continues from there.</summary>
    /// <param name="path">The file of an interrupted training run.</param>
    /// <param name="train">The same training data as before.</param>
    /// <param name="validation">Data on which the model is measured after each epoch, or null.</param>
    /// <exception cref="InvalidInputException">The file is not a model, is damaged, or its training run was complete.</exception>
    public static Training<TModel> Resume<TModel>(string path, Dataset train, Dataset? validation)
        where TModel : Model, ITrainable<TModel>
    {
        var training = Resume(path, train, validation);
        Require<TModel>(training.Model, path);
        return (Training<TModel>)training;
    }

    /// <inheritdoc cref="Resume{TModel}"/>
    public static Training Resume(string path, Dataset train, Dataset? validation)
    {
        using var file = SafetensorsFile.Read(path);
        var metadata = ParseMetadata(file, path);
        if (metadata.Interruption is not { Position: var position } interruption)
        {
            throw new InvalidInputException(
                $"cannot resume {path}", "its metadata", "this training run was complete, or was made by an engine that cannot resume",
                "Only a training run that was interrupted can be resumed; train again with more epochs.");
        }
        if (interruption.Data != train.Fingerprint)
        {
            throw new InvalidInputException(
                $"cannot resume {path}", $"the {train.Count} training examples of {train.Name}",
                "they are not those with which the training run began", "Use the same training data as before.");
        }
        RequireSameValidation(interruption, metadata.Options, validation, path);
        var model = Load(file, metadata, path);
        var training = TaskOf(metadata, path).Continue(
            train, validation, model, position, interruption.Schedule, ReadBest(file, interruption, model.Network.Topology, path));
        if (!interruption.IsPossible(metadata.Options, training.BatchCount, train.Count))
            throw Damaged(path, "its metadata", $"no training run of {metadata.Options.Epochs} epochs can have stopped at {position}");
        foreach (var (name, values) in training.Optimizer!.State)
            ReadState(model.Network.Topology, Read(file, StateName(name), [values.Length], path), values);
        if (!training.Optimizer.IsConsistentWith(model.Network))
            throw Damaged(path, "the optimizer's state", "the first weights are not the products of input-factors and input-weights");
        training.Optimizer.Restore((long)position.Epoch * training.BatchCount + position.Batch);
        return training;
    }

    private static void RequireSameValidation(Interruption interruption, TrainingOptions options, Dataset? validation, string path)
    {
        if (options.KeepsBest && interruption.Validation is not { Length: > 0 })
            throw Damaged(path, "its metadata", "the best epoch is kept, and the digest of the validation data is missing");
        if (interruption.Validation is { } digest && options.UsesValidation && digest != (validation?.Fingerprint ?? ""))
        {
            throw new InvalidInputException(
                $"cannot resume {path}", "the validation data",
                "they are not those of before, and "
                + (options.KeepsBest ? "the best epoch is found with them" : $"the schedule {options.Schedule.Name} depends on them"),
                "Use the same validation data as before.");
        }
    }

    private static BestEpoch? ReadBest(SafetensorsFile file, Interruption interruption, Topology topology, string path)
    {
        if (interruption.Best is not { } score)
            return null;
        var parameters = new float[topology.ParameterCount];
        topology.FromByNeuron(Read(file, BestParameters, [parameters.Length], path), parameters);
        return new BestEpoch(score, parameters);
    }

    private static Model Load(SafetensorsFile file, ModelMetadata metadata, string path)
    {
        var task = TaskOf(metadata, path);
        metadata = metadata with { Options = metadata.Options.ResolveFor(task.TakesClasses) };
        var topology = ReadTopology(file, metadata, path);
        var parameters = new float[topology.ParameterCount];
        foreach (var block in topology.BlocksByLayer)
            Read(file, block.Name, FileShape(block), path).CopyTo(parameters.AsSpan(block.Start));
        var network = new Network(topology);
        topology.FromByNeuron(parameters, network.BeginUpdate());
        int inputs = topology.Inputs(0), outputs = topology.Sizes[^1];
        var model = task.Create(new ModelParts(
            network, ReadPreprocessing(file, metadata, inputs, path), TargetScalingOf(metadata, task, outputs, path),
            metadata.OutputNames ?? [.. Enumerable.Range(0, outputs).Select(output => $"{output}")], metadata.InputShape ?? [inputs],
            metadata.TakesBytes, metadata.Options));
        foreach (var (name, text) in ModelMetadata.Notes(file.Metadata))
            model.Notes[name] = text;
        return model;
    }

    private static ModelTask TaskOf(ModelMetadata metadata, string path) =>
        ModelTask.All.FirstOrDefault(task => task.Name == metadata.Task) ?? throw Unusable(
            path, $"its task is \"{metadata.Task}\", and this version knows {string.Join(", ", ModelTask.All.Select(task => task.Name))}");

    private static TargetScaling? TargetScalingOf(ModelMetadata metadata, ModelTask task, int outputs, string path)
    {
        if (task.TakesClasses)
            return null;
        var scaling = metadata.TargetScaling ?? TargetScaling.None(outputs);
        return scaling.Count == outputs
            ? scaling
            : throw Damaged(path, "its metadata", $"the scaling of {scaling.Count} targets for {outputs} outputs");
    }

    private static Preprocessing ReadPreprocessing(SafetensorsFile file, ModelMetadata metadata, int inputs, string path)
    {
        if (file.Find(Scale) is null && file.Find(Offset) is null)
            return new Preprocessing(metadata.Scaling, [0f], [1f]);
        int scales = file.Find(Scale)?.Shape is [int count] && count != 1 ? inputs : 1;
        double[] origins = metadata.Origins ?? [];
        if ((origins.Length != 0 && origins.Length != scales) || !Array.TrueForAll(origins, double.IsFinite))
            throw Damaged(path, "its metadata", $"{origins.Length} origins for {scales} offsets, or one that is not finite");
        float[] limits = file.Find(InverseLimit) is null ? [] : Read(file, InverseLimit, [scales], path);
        return Array.TrueForAll(limits, limit => limit >= 0)
            ? new Preprocessing(metadata.Scaling, Read(file, Offset, [scales], path), Read(file, Scale, [scales], path), origins, limits)
            : throw Damaged(path, InverseLimit, "a limit is negative");
    }

    private static ModelMetadata ParseMetadata(SafetensorsFile file, string path)
    {
        try
        {
            return ModelMetadata.FromStrings(file.Metadata);
        }
        catch (FormatException e)
        {
            throw Unusable(path, e.Message, e);
        }
    }

    /// <summary>
    /// The topology in the metadata, if the tensors in the file have matching shapes. Nothing is allocated because a header asks for it.
    /// </summary>
    private static Topology ReadTopology(SafetensorsFile file, ModelMetadata metadata, string path)
    {
        int[] shape = [.. metadata.InputShape ?? [InputsOf(file, path)]];
        int inputs = shape.All(size => size >= 1) && BufferSize.TryElements(shape, sizeof(float), out int count) ? count : 0;
        int last = metadata.Options.ResolvedLayers.Count;
        int outputs = metadata.OutputNames?.Count ?? (file.Find(BiasName(last))?.Shape is [int biases] ? biases : 0);
        if (inputs < 1 || outputs < 1)
            throw Damaged(path, "its metadata", $"an input shape of [{string.Join(", ", shape)}] and {outputs} outputs");
        if (metadata.OutputNames?.Distinct(StringComparer.Ordinal).Count() < outputs)
            throw Damaged(path, "its metadata", "two outputs have the same name");
        try
        {
            int[] sizes = [inputs, .. metadata.Options.ResolvedLayers.Select(layer => layer.Outputs), outputs];
            for (int layer = 0; layer < sizes.Length - 1; layer++)
            {
                Find(file, WeightName(layer), [sizes[layer + 1], sizes[layer]], path);
                Find(file, BiasName(layer), [sizes[layer + 1]], path);
            }
            RequireNoMoreLayers(file, sizes.Length - 1, path);
            return metadata.Options.Topology(inputs, outputs);
        }
        catch (InvalidOptionException e)
        {
            throw Damaged(path, "its metadata", e.Problem);
        }
    }

    // A layer that the metadata do not describe would silently be ignored.
    private static void RequireNoMoreLayers(SafetensorsFile file, int layers, string path)
    {
        string[] known = [.. Enumerable.Range(0, layers).SelectMany(layer => new[] { WeightName(layer), BiasName(layer) })];
        var names = file.Tensors.Select(tensor => tensor.Name).Where(name => name.StartsWith(LayerPrefix, StringComparison.Ordinal));
        if (names.Except(known).FirstOrDefault() is { } unknown)
        {
            throw Damaged(
                path, $"tensor {unknown}", $"the metadata describe {layers} {(layers == 1 ? "layer" : "layers")}, without this tensor");
        }
    }

    // If the metadata lack the number of inputs, the first layer has it.
    private static int InputsOf(SafetensorsFile file, string path) => file.Find(WeightName(0))?.Shape is [_, int inputs]
        ? inputs
        : throw Damaged(path, $"tensor {WeightName(0)}", "it is missing, or is not a matrix");

    private static TModel Require<TModel>(Model model, string path)
        where TModel : Model => model as TModel
        ?? throw Unusable(
            path, $"it is a model for {model.Task}", null,
            $"Load it with the type of that model, or with {nameof(Model)}.{nameof(Model.Load)}.");

    private static float[] Read(SafetensorsFile file, string name, int[] shape, string path)
    {
        Find(file, name, shape, path);
        float[] values = file.ReadSingles(name);
        int wrong = Finite.IndexOfOther(values);
        return wrong < 0 ? values : throw Damaged(path, $"tensor {name}, element {wrong}", $"{values[wrong]} is not a finite number");
    }

    private static void Find(SafetensorsFile file, string name, int[] shape, string path)
    {
        var tensor = file.Find(name)
            ?? throw Damaged(path, $"tensor {name}", "it is missing");
        if (!tensor.Shape.SequenceEqual(shape))
        {
            throw Damaged(
                path, $"tensor {name}",
                $"its shape is [{string.Join(", ", tensor.Shape)}], but the metadata require [{string.Join(", ", shape)}]");
        }
    }

    private static InvalidInputException Damaged(string path, string where, string why) =>
        new($"cannot use {path} as a model", where, why, "The file is damaged or was changed by hand; train or copy it again.");

    private static InvalidInputException Unusable(
        string path, string why, Exception? inner = null, string remedy = "Use a file that nabla train wrote.") =>
        new($"cannot use {path} as a model", "its metadata", why, remedy, inner);

    /// <summary>Files store weights as [outputs, inputs].</summary>
    private static int[] FileShape(ParameterBlock block) => [.. block.Shape.Reverse()];

    private static string WeightName(int layer) => $"{LayerPrefix}{layer}.weight";

    private static string BiasName(int layer) => $"{LayerPrefix}{layer}.bias";

    /// <summary>
    /// An optimizer's state as files hold it: what it remembers of each parameter neuron by neuron, and what is not about the parameters
    /// of the network as it is.
    /// </summary>
    private static float[] StateByNeuron(Topology topology, float[] values) => values.Length < topology.ParameterCount
        ? values
        : [.. topology.ByNeuron(values.AsSpan(0, topology.ParameterCount)), .. values.AsSpan(topology.ParameterCount)];

    /// <summary>The reverse of <see cref="StateByNeuron"/>.</summary>
    private static void ReadState(Topology topology, float[] read, float[] values)
    {
        read.CopyTo(values);
        int count = topology.ParameterCount;
        if (values.Length >= count)
            topology.FromByNeuron(read.AsSpan(0, count), values.AsSpan(0, count));
    }

    private static string StateName(string name) => $"optimizer.{name}";
}
