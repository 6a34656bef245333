namespace Nabla.Onnx;

/// <summary>An ONNX file as a model.</summary>
internal sealed class ModelImport
{
    private const long OldestOperators = 7; // since then, operators combine shapes as NumPy does

    private const int MostOutputs = 10; // a label and scores, or values

    private readonly GraphView graph;
    private readonly PassThrough passThrough;
    private readonly OnnxFile file;
    private readonly OnnxImportOptions options;
    private readonly long fileLength;

    private ModelImport(OnnxFile file, ImportedFile source, OnnxImportOptions options, long fileLength)
    {
        this.file = file;
        this.options = options;
        this.fileLength = fileLength;
        graph = new GraphView(file.Graph, source);
        passThrough = new PassThrough(graph);
    }

    /// <summary>Reads a model.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="options">What the file may not tell.</param>
    /// <exception cref="InvalidInputException">It is not an ONNX file, is damaged, or is not a chain of layers.</exception>
    public static Model Read(byte[] bytes, string path, OnnxImportOptions options)
    {
        var source = new ImportedFile(path);
        try
        {
            var file = OnnxFile.Read(bytes, path);
            if (file.OperatorVersion < OldestOperators)
            {
                throw source.Refuse(
                    "its operators", $"they are those of opset {file.OperatorVersion}, and from opset {OldestOperators} on they differ",
                    $"Export the network again with opset {OldestOperators} or later.");
            }
            return new ModelImport(file, source, options, bytes.Length).ToModel();
        }
        catch (InvalidOptionException e)
        {
            throw source.Refuse("its layers", e.Problem, e.Remedy);
        }
    }

    private Model ToModel()
    {
        if (graph.Outputs.Count is 0 or > MostOutputs)
            throw graph.File.Refuse("its outputs", $"it has {graph.Outputs.Count} of them");
        ClassTail[] tails = [.. graph.Outputs.Select(output => ClassTail.Find(graph, passThrough, output.Name))];
        var kind = options.TargetKind;
        bool isRegressor = kind == TargetKind.Values || (kind == TargetKind.Automatic && options.ClassNames.Count == 0
            && file.Metadata.GetValueOrDefault(OnnxMetadata.Task) == "regression");
        if (!isRegressor && Array.Exists(tails, tail => tail.GivesClasses))
            return ToClassifier(tails, FindTrunk(HeadOf(tails)));
        var values = ValueTail.Find(graph, passThrough, HeadOf(tails));
        var trunk = FindTrunk(values.Head);
        bool isClassifier = !isRegressor && values.Nodes.Count == 0 && (kind == TargetKind.Classes || options.ClassNames.Count > 0
            || Loss.CrossEntropy.OutputActivations.Contains(trunk.Activations[^1]));
        return isClassifier ? ToClassifier(tails, trunk) : ToRegressor(trunk, values);
    }

    private Trunk FindTrunk(string head) => Trunk.Find(graph, passThrough, head, fileLength);

    /// <summary>The tensor that all outputs are computed from. A label may be that of scores before softmax.</summary>
    private string HeadOf(ClassTail[] tails)
    {
        string[] heads = [.. tails.Select(tail => tail.Head).Distinct(StringComparer.Ordinal)];
        if (heads.Length == 1)
            return heads[0];
        string? softmax = Array.Find(heads, head => BeforeSoftmax(head) != head);
        return softmax is not null && Array.TrueForAll(heads, head => BeforeSoftmax(head) == BeforeSoftmax(softmax))
            ? softmax
            : throw graph.File.Refuse("its outputs", $"they are computed from different tensors: {string.Join(", ", heads)}");
    }

    private string BeforeSoftmax(string name) => (graph.Producer(name, "Softmax") ?? graph.Producer(name, "LogSoftmax")) is { } softmax
        ? passThrough.Source(softmax.Inputs[0])
        : name;

    private Classifier ToClassifier(ClassTail[] tails, Trunk trunk)
    {
        var (layer, activation) = (trunk.Layers[^1], trunk.Activations[^1]);
        bool isBinary = Array.Exists(tails, tail => tail.IsBinary) || layer.Outputs == 1;
        bool isSoftmaxInLoss = activation == Activation.Identity && file.Producer != OnnxFile.NablaProducer;
        if (isBinary && (layer.Outputs != 1 || !(isSoftmaxInLoss || activation == Activation.Sigmoid)))
        {
            throw graph.File.Refuse(
                "its outputs", $"two classes are computed from {layer.Outputs} outputs of {activation}, not one of sigmoid");
        }
        if (isBinary)
            trunk = trunk.WithLast(layer.AsTwoClasses(), Activation.Softmax);
        else if (isSoftmaxInLoss)
            trunk = trunk.WithLast(layer, Activation.Softmax);
        activation = trunk.Activations[^1];
        if (!Loss.All.Any(loss => loss.TakesClasses && loss.OutputActivations.Any(output => output.Name == activation.Name)))
            throw graph.File.Refuse("its outputs", $"no loss of Nabla goes with classes and {activation}");
        var network = trunk.ToNetwork();
        var names = Names(options.ClassNames, tails.Select(tail => tail.Names).FirstOrDefault(names => names is not null)
            ?? FromMetadata(OnnxMetadata.Classes), network.Topology.Sizes[^1], "class", i => $"{i}");
        return Classifier.From(network, trunk.Preprocessing, names, InputShape(network), IsBytes);
    }

    private Regressor ToRegressor(Trunk trunk, ValueTail tail)
    {
        var activation = trunk.Activations[^1];
        if (!Loss.All.Any(loss => loss.TakesValues && loss.OutputActivations.Any(output => output.Name == activation.Name)))
        {
            throw graph.File.Refuse(
                "its outputs", $"no loss of Nabla goes with values and {activation}", "Import the network as a classifier, if it is one.");
        }
        var network = trunk.ToNetwork();
        int targets = network.Topology.Sizes[^1];
        var names = Names(
            options.TargetNames, FromMetadata(OnnxMetadata.Targets), targets, "value", i => targets == 1 ? "value" : $"value{i + 1}");
        var scaling = tail.Nodes.Count == 0 ? TargetScaling.None(targets) : tail.ToScaling(graph, targets);
        return Regressor.From(network, trunk.Preprocessing, names, scaling, InputShape(network), IsBytes);
    }

    private bool IsBytes => graph.Input.Type == OnnxElementType.UInt8;

    /// <summary>The shape of one example, where the file tells it; else null.</summary>
    private int[]? InputShape(Network network)
    {
        if (graph.Input.Type == OnnxElementType.Text)
            throw graph.File.Refuse("its inputs", "it takes texts");
        var lengths = graph.Input.Shape?.Skip(1).ToList();
        if (lengths is null or [] || !lengths.TrueForAll(length => length is > 0 and <= int.MaxValue))
            return null;
        long product = lengths.Aggregate(1L, (product, length) => product > int.MaxValue ? product : product * length!.Value);
        return product == network.Topology.Inputs(0)
            ? [.. lengths.Select(length => (int)length!.Value)]
            : throw graph.File.Refuse(
                "its inputs",
                $"they have the shape [{string.Join(", ", lengths)}], and the first layer takes {network.Topology.Inputs(0)}");
    }

    private IReadOnlyList<string>? FromMetadata(string key) =>
        file.Producer == OnnxFile.NablaProducer && file.Metadata.TryGetValue(key, out string? names) ? OnnxMetadata.FromJson(names) : null;

    private string[] Names(
        IReadOnlyList<string> given, IReadOnlyList<string>? inFile, int count, string what, Func<int, string> numbered)
    {
        string[] names = given.Count > 0 ? [.. given] : inFile is not null ? [.. inFile] : [.. Enumerable.Range(0, count).Select(numbered)];
        string? why = names.Length != count ? $"there are {names.Length} {what} names for {count} outputs"
            : names.Distinct(StringComparer.Ordinal).Count() != count ? $"two of the {what} names are the same"
            : null;
        return why is null
            ? names
            : throw graph.File.Refuse("its outputs", why, $"Give {count} different names, in the order of the outputs.");
    }
}
