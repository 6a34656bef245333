using Nabla.Kernels;

namespace Nabla;

/// <summary>A model as a safetensors file: parameters and scaling as tensors, everything else as metadata (docs/file-formats.md).</summary>
internal static partial class ModelFile
{
    // Names of tensors; those of an ensemble's members have a prefix (ModelFile.Members.cs).
    private const string Offset = "preprocessing.offset";
    private const string Scale = "preprocessing.scale";
    private const string InverseLimit = "preprocessing.inverse_limit";
    private const string LayerPrefix = "layers.";
    private const string BestParameters = "best.parameters";

    /// <summary>Saves a model and, if its training run is not complete, the state for resuming it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="unfinished">Its training run, if it was interrupted.</param>
    /// <param name="path">Replaced only after everything has been written to the disk.</param>
    /// <param name="output">Writes the bytes; null for the system.</param>
    public static void Save(Model model, UnfinishedTraining? unfinished, string path, IFileOutput? output = null) =>
        AtomicFile.Write(path, stream => Save(model, unfinished, stream), output);

    /// <summary>Writes the bytes of a file to a stream.</summary>
    /// <param name="model">The model.</param>
    /// <param name="unfinished">Its training run, if it was interrupted.</param>
    /// <param name="stream">Written to from its current position.</param>
    /// <param name="hasChecksum">Whether a checksum is written, as it always is for an interrupted training run.</param>
    public static void Save(Model model, UnfinishedTraining? unfinished, Stream stream, bool hasChecksum = false)
    {
        if (model.Members.Count > 0)
        {
            SaveMembers(model, stream);
            return;
        }
        var tensors = new List<(string Name, int[] Shape, ReadOnlyMemory<float> Values)>();
        var topology = model.Topology;
        AddTensors(model, "", tensors);
        foreach (var (name, values) in unfinished?.OptimizerState ?? [])
            tensors.Add((StateName(name), [values.Length], StateByNeuron(topology, values)));
        if (unfinished?.Best is { } best)
            tensors.Add((BestParameters, [best.Parameters.Length], topology.ByNeuron(best.Parameters)));

        var metadata = new ModelMetadata(
            model.Task, model.Options, model.Preprocessing.Scaling, model.Preprocessing.Origins.ToArray(), model.TargetScaling,
            model.OutputNames, model.InputShape, model.TakesBytes,
            unfinished is null ? null : new Interruption(
                unfinished.Position, unfinished.Schedule, unfinished.Data, unfinished.ValidationDigest,
                unfinished.Best?.Score, unfinished.MeasuredStep));
        Write(stream, metadata, model, tensors, hasChecksum);
    }

    private static void Write(
        Stream stream, ModelMetadata metadata, Model model, List<(string Name, int[] Shape, ReadOnlyMemory<float> Values)> tensors,
        bool hasChecksum = false)
    {
        var strings = ReadableMetadata(metadata, model, tensors);
        if (hasChecksum || metadata.Interruption is not null)
            FileChecksum.Write(stream, strings, Write);
        else
            Write(stream);

        void Write(Stream target) => SafetensorsWriter.Write(target, strings, tensors, "F32");
    }

    private static void AddTensors(
        Model model, string prefix, List<(string Name, int[] Shape, ReadOnlyMemory<float> Values)> tensors)
    {
        float[] parameters = model.Topology.ByNeuron(model.Network.Parameters);
        foreach (var block in model.Topology.BlocksByLayer)
            tensors.Add((prefix + block.Name, FileShape(block), parameters.AsMemory(block.Start, block.Length)));
        var preprocessing = model.Preprocessing;
        tensors.Add((prefix + Offset, [preprocessing.Offsets.Length], preprocessing.Offsets.ToArray()));
        tensors.Add((prefix + Scale, [preprocessing.Scales.Length], preprocessing.Scales.ToArray()));
        if (preprocessing.InverseLimits is { Length: > 0 } limits)
            tensors.Add((prefix + InverseLimit, [limits.Length], limits.ToArray()));
    }

    /// <summary>Loads a model.</summary>
    /// <exception cref="InvalidInputException">The file is not a model, or is damaged.</exception>
    public static Model Load(string path)
    {
        using var file = SafetensorsFile.Open(path);
        return Load(file, ParseMetadata(file, path), path);
    }

    /// <summary>Loads a model from a stream.</summary>
    /// <param name="stream">Read from its current position to its end.</param>
    /// <param name="name">What messages call the stream.</param>
    /// <exception cref="InvalidInputException">The stream is not a model, or is damaged.</exception>
    public static Model Load(Stream stream, string name)
    {
        using var file = SafetensorsFile.Read(stream, name);
        return Load(file, ParseMetadata(file, name), name);
    }

    /// <summary>Loads a model of a certain type.</summary>
    /// <exception cref="InvalidInputException">The file is not such a model, or is damaged.</exception>
    public static TModel Load<TModel>(string path)
        where TModel : Model => Require<TModel>(Load(path), path);

    private static Model Load(SafetensorsFile file, ModelMetadata metadata, string path)
    {
        var task = TaskOf(metadata, path);
        metadata = metadata with { Options = metadata.Options.ResolveFor(task.TakesClasses) };
        RequireLoss(metadata, task, path);
        var model = metadata.Members is null
            ? LoadNetwork(file, metadata, ReadTopology(file, metadata, "", path), "", path)
            : LoadMembers(file, metadata, task, path);
        foreach (var (name, text) in ModelMetadata.Notes(file.Metadata))
            model.Notes[name] = text;
        ParseMetadata(() => HistoryMetadata.Read(file.Metadata, model), path);
        return model;
    }

    /// <param name="file">The file.</param>
    /// <param name="metadata">The metadata of this network, with resolved options.</param>
    /// <param name="topology">The layers; the file has all of their tensors.</param>
    /// <param name="prefix">What the names of its tensors begin with.</param>
    /// <param name="path">The file, for messages.</param>
    private static Model LoadNetwork(SafetensorsFile file, ModelMetadata metadata, Topology topology, string prefix, string path)
    {
        var task = TaskOf(metadata, path);
        var parameters = new float[topology.ParameterCount];
        foreach (var block in topology.BlocksByLayer)
            Read(file, prefix + block.Name, FileShape(block), path).CopyTo(parameters.AsSpan(block.Start));
        var network = new Network(topology);
        topology.FromByNeuron(parameters, network.BeginUpdate());
        int inputs = topology.Inputs(0), outputs = topology.Sizes[^1];
        return task.Create(new ModelParts(
            network, ReadPreprocessing(file, metadata, inputs, prefix, path), TargetScalingOf(metadata, task, outputs, path),
            metadata.OutputNames ?? [.. Enumerable.Range(0, outputs).Select(output => $"{output}")], metadata.InputShape ?? [inputs],
            metadata.TakesBytes, metadata.Options));
    }

    private static ModelTask TaskOf(ModelMetadata metadata, string path) =>
        ModelTask.All.FirstOrDefault(task => task.Name == metadata.Task) ?? throw Unusable(
            path, $"its task is \"{metadata.Task}\", and this version knows {string.Join(", ", ModelTask.All.Select(task => task.Name))}");

    /// <summary>A model for values with a loss for classes would take scores for values.</summary>
    private static void RequireLoss(ModelMetadata metadata, ModelTask task, string path)
    {
        try
        {
            metadata.Options.Loss!.CheckKind(task.TakesClasses);
        }
        catch (InvalidOptionException e)
        {
            throw Damaged(path, "its metadata", e.Problem);
        }
    }

    private static TargetScaling? TargetScalingOf(ModelMetadata metadata, ModelTask task, int outputs, string path)
    {
        if (task.TakesClasses)
            return null;
        var scaling = metadata.TargetScaling ?? TargetScaling.None(outputs);
        return scaling.Count == outputs
            ? scaling
            : throw Damaged(path, "its metadata", $"the scaling of {scaling.Count} targets for {outputs} outputs");
    }

    private static Preprocessing ReadPreprocessing(
        SafetensorsFile file, ModelMetadata metadata, int inputs, string prefix, string path)
    {
        string scale = prefix + Scale, offset = prefix + Offset, limit = prefix + InverseLimit;
        if ((file.Find(limit) is not null) != (metadata.Scaling == Scaling.RobustPerFeature))
        {
            string found = file.Find(limit) is null ? "missing" : "there";
            throw Damaged(path, limit, $"inputs are scaled by {metadata.Scaling}, and the limits are {found}");
        }
        if (file.Find(scale) is null && file.Find(offset) is null && file.Find(limit) is null)
            return new Preprocessing(metadata.Scaling, [0f], [1f]);
        int scales = file.Find(scale)?.Shape is [int count] && count != 1 ? inputs : 1;
        double[] origins = metadata.Origins ?? [];
        if ((origins.Length != 0 && (origins.Length, scales) != (inputs, inputs)) || !Array.TrueForAll(origins, double.IsFinite))
            throw Damaged(path, "its metadata", $"{origins.Length} origins for {scales} offsets, or one that is not finite");
        float[] limits = file.Find(limit) is null ? [] : Read(file, limit, [inputs], path);
        if (limits.Length > 0 && scales != inputs)
            throw Damaged(path, scale, $"{scales} scales for {inputs} features with limits");
        return Array.TrueForAll(limits, value => value >= 0)
            ? new Preprocessing(metadata.Scaling, Read(file, offset, [scales], path), Read(file, scale, [scales], path), origins, limits)
            : throw Damaged(path, limit, "a limit is negative");
    }

    private static ModelMetadata ParseMetadata(SafetensorsFile file, string path)
    {
        ModelMetadata? metadata = null;
        ParseMetadata(() => metadata = ModelMetadata.FromStrings(file.Metadata), path);
        return metadata!;
    }

    private static void ParseMetadata(Action parse, string path)
    {
        try
        {
            parse();
        }
        catch (FormatException e)
        {
            throw Unusable(path, e.Message, e);
        }
    }

    /// <summary>
    /// The topology in the metadata, if the tensors in the file have matching shapes. Nothing is allocated because a header asks for it.
    /// </summary>
    private static Topology ReadTopology(SafetensorsFile file, ModelMetadata metadata, string prefix, string path)
    {
        int[] shape = [.. metadata.InputShape ?? [InputsOf(file, prefix + WeightName(0), path)]];
        int inputs = shape.All(size => size >= 1) && BufferSize.TryElements(shape, sizeof(float), out int count) ? count : 0;
        int last = metadata.Options.ResolvedLayers.Count;
        int outputs = metadata.OutputNames?.Count ?? (file.Find(prefix + BiasName(last))?.Shape is [int biases] ? biases : 0);
        if (inputs < 1 || outputs < 1)
            throw Damaged(path, "its metadata", $"an input shape of [{string.Join(", ", shape)}] and {outputs} outputs");
        if (metadata.OutputNames?.Distinct(StringComparer.Ordinal).Count() < outputs)
            throw Damaged(path, "its metadata", "two outputs have the same name");
        try
        {
            int[] sizes = [inputs, .. metadata.Options.ResolvedLayers.Select(layer => layer.Outputs), outputs];
            for (int layer = 0; layer < sizes.Length - 1; layer++)
            {
                Find(file, prefix + WeightName(layer), [sizes[layer + 1], sizes[layer]], path);
                Find(file, prefix + BiasName(layer), [sizes[layer + 1]], path);
            }
            if (metadata.Members is null)
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
    private static int InputsOf(SafetensorsFile file, string weights, string path) => file.Find(weights)?.Shape is [_, int inputs]
        ? inputs
        : throw Damaged(path, $"tensor {weights}", "it is missing, or is not a matrix");

    private static TModel Require<TModel>(Model model, string path)
        where TModel : Model => model as TModel
        ?? throw Unusable(
            path, $"it is a model for {model.Task}", null,
            $"Load it with the type of that model, or with {nameof(Model)}.{nameof(Model.Load)}.");

    private static float[] Read(SafetensorsFile file, string name, int[] shape, string path)
    {
        Find(file, name, shape, path);
        float[] values = file.ReadFloats(name);
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
}
