namespace Nabla.Cli;

/// <summary>Models that nabla has saved.</summary>
internal sealed class ModelFormat : IInspectableFormat
{
    public IReadOnlyList<FileFormat> Formats { get; } = [FileFormat.Named("safetensors")];

    public string Noun => "a model";

    public Findings Inspect(NamedFile file)
    {
        var model = Classifier.Load(file.FullPath);
        var options = model.Options;
        var topology = model.Network.Topology;
        List<(string, string)> facts =
        [
            ("network", $"{topology}, {topology.ParameterCount} parameters"),
            ("activation", OptionNames.Of(topology.HiddenActivation)),
            ("output activation", OptionNames.Of(topology.OutputActivation)),
            ("loss", OptionNames.Of(options.Loss)),
            ("input shape", string.Join(" x ", model.InputShape)),
            ("scaling", OptionNames.Of(model.Preprocessing.Scaling)),
            ("classes", string.Join(", ", model.ClassNames)),
            ("trained with", options.ToString()),
            .. model.Notes.Where(note => note.Key != ModelNotes.Table).Select(note => (note.Key, note.Value)),
            .. Columns(model),
            ("fingerprint", model.Fingerprint),
        ];
        return new(file.Shown, "nabla classifier (safetensors)", facts, [.. Arrays(model.Network)]);
    }

    private static IEnumerable<(string, string)> Columns(Classifier model) => ModelNotes.ReadTable(model) is { } table
        ? [("target", table.TargetColumn), ("columns", string.Join(", ", table.Columns.Select(column => column.Name)))]
        : [];

    private static IEnumerable<ArraySummary> Arrays(Network network)
    {
        var topology = network.Topology;
        float[] parameters = topology.ByNeuron(network.Parameters);
        for (int layer = 0; layer < topology.LayerCount; layer++)
        {
            int inputs = topology.Inputs(layer), outputs = topology.Outputs(layer);
            yield return ArraySummary.From(
                $"layers.{layer}.weight", NumericArray.Create<float>(topology.Weights(parameters, layer), outputs, inputs));
            yield return ArraySummary.From($"layers.{layer}.bias", NumericArray.Create<float>(network.Biases(layer), outputs));
        }
    }
}
