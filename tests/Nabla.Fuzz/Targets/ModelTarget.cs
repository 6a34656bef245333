using Nabla.Tables;

namespace Nabla.Fuzz;

/// <summary>Model files: of features, and of tables.</summary>
internal sealed class ModelTarget : FuzzTarget
{
    private static readonly string[] Words =
    [
        "\\\"task\\\"", "classification", "regression", "\\\"members\\\":[]", "\\\"classes\\\"", "\\\"targets\\\"",
        "\\\"input-shape\\\":[4]",
        "\\\"input-shape\\\":[65536,65536]", "\\\"origins\\\":[0,0,0,0]", "\\\"scaling\\\"", "robust-per-feature",
        "standardize-per-feature",
        "\\\"hidden\\\"", "layers.0.weight", "layers.2.bias", "preprocessing.scale", "nabla.model", "nabla.options", "nabla.position",
        "nabla.history", "nabla.note.table", "\\\"columns\\\"", "\\\"kind\\\"", "\\\"category\\\"", "\\\"date\\\"", "{", "}", "[", "]",
        ",", ":",
        "\\\"", "null", "\\u0000", "members.0.", "nabla-classifier-1", "\\\"seed\\\":1", "1e400", "relu", "softmax", "adam", "3652059",
    ];

    private readonly bool isTable;
    private readonly Mutator mutator;

    public ModelTarget(bool isTable)
    {
        this.isTable = isTable;
        Samples = [.. (isTable ? ModelSamples.OfTables : ModelSamples.OfFeatures).Select(Write).Select(SafetensorsTarget.WithShortQuotes)];
        mutator = new(Samples, Words);
    }

    public override string Name => isTable ? "table-model" : "model";

    public override IReadOnlyList<byte[]> Samples { get; }

    public override byte[] Make(Rng rng) => SafetensorsTarget.Make(rng.Pick(Samples), mutator, mutator, rng);

    public override object Read(byte[] file)
    {
        var model = Model.Load(new MemoryStream(file), "a.safetensors");
        return isTable ? new TableModel(model) : model;
    }

    // Parameters as the file has them and as the network has them.
    public override long DecodedBytes(byte[] file, object? result) => 2L * file.Length;

    public override string? WhyNotRepeated(object result)
    {
        byte[] file = Write(ModelOf(result));
        object again = Read(file);
        if (!file.AsSpan().SequenceEqual(Write(ModelOf(again))))
            return "differs when it is written and read again";
        if (result is TableModel before && before.Encoding.ToJson() != ((TableModel)again).Encoding.ToJson())
            return "has another encoding when it is read again";
        Predict(result);
        return null;
    }

    private static Model ModelOf(object result) => result as Model ?? ((TableModel)result).Model;

    private static byte[] Write(Model model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }

    /// <summary>What is accepted can be used: for a row without values, or for zeros.</summary>
    private static void Predict(object result)
    {
        try
        {
            if (result is TableModel table)
                table.Predict(table.Encoding.Columns.ToDictionary(column => column.Name, _ => (object?)null));
            else if (result is Classifier classifier)
                classifier.Predict(FeatureTable.FromFloats(new float[classifier.Topology.Inputs(0)], 1, classifier.Topology.Inputs(0)));
            else if (result is Regressor regressor)
                regressor.Predict(FeatureTable.FromFloats(new float[regressor.Topology.Inputs(0)], 1, regressor.Topology.Inputs(0)));
        }
        catch (NablaException)
        {
            // A missing value may be refused.
        }
    }
}
