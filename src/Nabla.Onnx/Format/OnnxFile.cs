namespace Nabla.Onnx;

/// <summary>What an ONNX file holds.</summary>
/// <param name="Graph">The computation.</param>
/// <param name="Metadata">Texts by name.</param>
internal sealed record OnnxFile(OnnxGraph Graph, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The version of ONNX's operators. ONNX 1.12 and ONNX Runtime 1.12 were the first to have it.</summary>
    public const long Opset = 17;

    /// <summary>The version of the operators of <see cref="MachineLearning"/>.</summary>
    public const long MachineLearningOpset = 3;

    /// <summary>The domain of the operators for texts and classes.</summary>
    public const string MachineLearning = "ai.onnx.ml";

    /// <summary>Who wrote a file, if Nabla did.</summary>
    public const string NablaProducer = "nabla";

    private const long FormatVersion = 8; // the one that goes with the opset

    /// <summary>The version of ONNX's operators in a file that was read; 0 if it gives none.</summary>
    public long OperatorVersion { get; init; } = Opset;

    public string Producer { get; init; } = "";

    public string ProducerVersion { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>Reads a file from memory.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="InvalidInputException">It is not an ONNX file, or is damaged.</exception>
    public static OnnxFile Read(byte[] bytes, string path)
    {
        var message = new ProtobufReader(bytes);
        try
        {
            return Read(message) ?? throw new InvalidDataException("it has no graph");
        }
        catch (Exception e) when (e is OverflowException or InvalidDataException)
        {
            throw NotOnnx(bytes, path, message.LastField, e);
        }
    }

    /// <summary>The message of the format.</summary>
    public ProtobufWriter ToMessage() => new ProtobufWriter()
        .Add(Fields.FormatVersion, FormatVersion)
        .AddIfAny(Fields.Producer, Producer)
        .AddIfAny(Fields.ProducerVersion, ProducerVersion)
        .AddIfAny(Fields.Description, Description)
        .Add(Fields.Graph, Graph.ToMessage())
        .Add(Fields.OperatorSet, Graph.Nodes.Select(node => node.Domain).Append("").Distinct().Order(StringComparer.Ordinal)
            .Select(OperatorSet))
        .Add(Fields.Metadata, Metadata.Select(
            entry => new ProtobufWriter().Add(Fields.Key, entry.Key).Add(Fields.Value, entry.Value)));

    private static OnnxFile? Read(ProtobufReader message)
    {
        OnnxGraph? graph = null;
        string producer = "";
        long version = 0;
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        while (message.Next())
        {
            switch (message.Field)
            {
                case Fields.Graph when graph is not null:
                    throw new InvalidDataException("it has two graphs");
                case Fields.Graph:
                    graph = OnnxGraph.Read(message.Message());
                    break;
                case Fields.Producer:
                    producer = message.Text();
                    break;
                case Fields.OperatorSet:
                    version = ReadOperatorVersion(message.Message()) ?? version;
                    break;
                case Fields.Metadata:
                    ReadMetadata(message.Message(), metadata);
                    break;
                default:
                    message.Skip();
                    break;
            }
        }
        return graph is null ? null : new OnnxFile(graph, metadata) { Producer = producer, OperatorVersion = version };
    }

    /// <summary>The version of ONNX's own operators; null for those of another domain.</summary>
    private static long? ReadOperatorVersion(ProtobufReader message)
    {
        string domain = "";
        long version = 0;
        while (message.Next())
        {
            if (message.Field == Fields.Domain)
                domain = message.Text();
            else if (message.Field == Fields.Version)
                version = message.Number();
            else
                message.Skip();
        }
        return domain is "" or "ai.onnx" ? version : null;
    }

    private static void ReadMetadata(ProtobufReader entry, Dictionary<string, string> metadata)
    {
        string key = "", value = "";
        while (entry.Next())
        {
            if (entry.Field == Fields.Key)
                key = entry.Text();
            else if (entry.Field == Fields.Value)
                value = entry.Text();
            else
                entry.Skip();
        }
        if (!metadata.TryAdd(key, value))
            throw new InvalidDataException($"the metadata \"{key}\" occur twice");
    }

    private static ProtobufWriter OperatorSet(string domain) => new ProtobufWriter()
        .AddIfAny(Fields.Domain, domain)
        .Add(Fields.Version, domain == MachineLearning ? MachineLearningOpset : Opset);

    private static InvalidInputException NotOnnx(byte[] bytes, string path, int offset, Exception error)
    {
        string? other = FileFormat.Detect(bytes.AsSpan(0, Math.Min(bytes.Length, FileFormat.BytesNeeded)))?.Description;
        return other is null
            ? new InvalidInputException(
                $"cannot read {path}", $"byte {offset}",
                error is OverflowException ? "a shape has more elements than any tensor" : error.Message,
                "Use an ONNX file that is complete and contains its weights.", error)
            : new InvalidInputException(
                $"cannot read {path}", "byte 0", $"it is {other}, not an ONNX file", "Use an ONNX file (.onnx).", error);
    }

    /// <summary>Numbers of the fields, of this message and of those within.</summary>
    private static class Fields
    {
        public const int FormatVersion = 1;
        public const int Producer = 2;
        public const int ProducerVersion = 3;
        public const int Description = 6;
        public const int Graph = 7;
        public const int OperatorSet = 8;
        public const int Metadata = 14;
        public const int Domain = 1;
        public const int Version = 2;
        public const int Key = 1;
        public const int Value = 2;
    }
}
