namespace Nabla.Cli;

/// <summary>Models that nabla has saved.</summary>
internal sealed class ModelFormat : IInspectableFormat
{
    public IReadOnlyList<FileFormat> Formats { get; } = [FileFormat.Get("safetensors")];

    public string Noun => "a model";

    public Findings Inspect(NamedFile file, DataRequest request)
    {
        var model = Model.Load(file.FullPath);
        var options = model.Options;
        var topology = model.Topology;
        Model[] networks = model.Members.Count == 0 ? [model] : [.. model.Members];
        List<(string, string)> facts =
        [
            .. Members(model),
            ("network", $"{topology}, {topology.ParameterCount} parameters"),
            ("activation", string.Join(", ", topology.Layers.SkipLast(1).Select(layer => layer.Activation.ToString()).Distinct())),
            ("output activation", topology.OutputActivation.ToString()),
            ("loss", options.Loss!.ToString()),
            ("input shape", string.Join(" x ", model.InputShape)),
            ("scaling", networks[0].Preprocessing.Scaling.ToString()),
            Outputs(model),
            ("trained with", options.ToString()),
            .. model.Notes.Where(note => note.Key != ModelNotes.Table).Select(note => (note.Key, note.Value)),
            .. Columns(model),
            ("fingerprint", model.Fingerprint),
        ];
        return new(file.DisplayPath, $"nabla {model.GetType().Name.ToLowerInvariant()} (safetensors)", facts, [.. Arrays(model)]);
    }

    private static (string, string) Outputs(Model model) => model switch
    {
        Classifier classifier => ("classes", string.Join(", ", classifier.ClassNames)),
        Regressor regressor => ("values", string.Join(", ", regressor.TargetNames)),
        _ => ("outputs", $"{model.Topology.Sizes[^1]}"),
    };

    private static IEnumerable<(string, string)> Columns(Model model) => ModelNotes.ReadTable(model) is { } table
        ? [("target", string.Join(", ", table.TargetColumns)), ("columns", string.Join(", ", table.Columns.Select(column => column.Name)))]
        : [];

    private static IEnumerable<(string, string)> Members(Model model) =>
        model.Members.Count == 0 ? [] : [("members", $"{model.Members.Count}, whose predictions are averaged")];

    private static IEnumerable<ArraySummary> Arrays(Model model) => model.Members.Count == 0
        ? Arrays(model.Network, "")
        : model.Members.SelectMany((member, number) => Arrays(member.Network, $"members.{number}."));

    private static IEnumerable<ArraySummary> Arrays(Network network, string prefix)
    {
        var topology = network.Topology;
        float[] parameters = topology.ByNeuron(network.Parameters);
        foreach (var block in topology.BlocksByLayer)
        {
            var values = parameters.AsSpan(block.Start, block.Length);
            yield return ArraySummary.From(prefix + block.Name, NumericArray.Create<float>(values, [.. block.Shape.Reverse()]));
        }
    }
}
