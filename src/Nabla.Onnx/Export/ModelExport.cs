using System.Reflection;
using Nabla.Tables;

namespace Nabla.Onnx;

/// <summary>A model as an ONNX file.</summary>
internal static class ModelExport
{
    /// <summary>Creates the file's content.</summary>
    /// <exception cref="InvalidInputException">The model cannot be exported.</exception>
    public static ProtobufWriter Create(Model model)
    {
        RequireSize(model);
        var graph = new GraphBuilder();
        bool areDoubles = false;
        var encoding = TableModel.FindEncoding(model);
        string? mark = null;
        string features = encoding is null ? ArrayInput.Add(graph, model, out areDoubles) : TableInput.Add(graph, encoding, out mark);
        string[] outputs = model.Members.Count == 0
            ? [NetworkNodes.Add(graph, model, features, areDoubles, "")]
            : [.. model.Members.Select((member, i) => NetworkNodes.Add(graph, member, features, areDoubles, $"member{i + 1}."))];
        AddOutputs(graph, model, outputs, mark);
        return new OnnxFile(graph.ToGraph("nabla", Describe(model)), Metadata(model))
        {
            Producer = OnnxFile.NablaProducer,
            ProducerVersion = Version,
            Description = Describe(model),
        }.ToMessage();
    }

    /// <summary>The version of the library: <c>0.1.0</c>.</summary>
    private static string Version { get; } = typeof(ModelExport).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static void AddOutputs(GraphBuilder graph, Model model, string[] outputs, string? mark)
    {
        switch (model)
        {
            case Classifier classifier:
                ClassOutputs.Add(graph, classifier, outputs, mark);
                break;
            case Regressor regressor:
                ValueOutputs.Add(graph, regressor, outputs, mark);
                break;
            default:
                throw new InvalidInputException(
                    "cannot export the model to ONNX", "its task", $"there is no ONNX form of {model.Task}",
                    "Export a classifier or a regressor.");
        }
    }

    /// <summary>Lengths in the format are 32-bit numbers.</summary>
    private static void RequireSize(Model model)
    {
        const long Most = int.MaxValue - (1 << 24); // what is not parameters
        long bytes = (long)sizeof(float) * model.Topology.ParameterCount * Math.Max(1, model.Members.Count);
        if (bytes > Most)
        {
            throw new InvalidInputException(
                "cannot export the model to ONNX", "its parameters",
                $"they take {bytes} bytes, and an ONNX file that contains its weights is limited to 2 GB",
                "Use a smaller network or fewer members.");
        }
    }

    private static string Describe(Model model) =>
        $"{model}. Exported by Nabla {Version}. "
        + (TableModel.FindEncoding(model) is null ? "It takes raw inputs" : "It takes the columns of the table as they are")
        + "; scaling is part of the graph. "
        + (model is Classifier
            ? "It gives the label of each example and the scores of all classes; where a score is NaN, the label is empty."
            : "It gives values in the units of the training data.");

    private static SortedDictionary<string, string> Metadata(Model model)
    {
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [OnnxMetadata.Fingerprint] = model.Fingerprint,
            [OnnxMetadata.Task] = model.Task,
            [OnnxMetadata.Version] = Version,
        };
        if (model.Notes.TryGetValue("command", out string? command))
            metadata[OnnxMetadata.Command] = command;
        if (model is Classifier classifier)
            metadata[OnnxMetadata.Classes] = OnnxMetadata.ToJson(classifier.ClassNames);
        if (model is Regressor regressor)
            metadata[OnnxMetadata.Targets] = OnnxMetadata.ToJson(regressor.TargetNames);
        return metadata;
    }
}
