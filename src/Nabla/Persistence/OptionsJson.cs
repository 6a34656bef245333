using System.Text.Json;

namespace Nabla;

/// <summary>Training options as JSON, with the names that the command line uses.</summary>
/// <remarks>
/// <see cref="Keys"/> is the one table of keys. A key that is missing in a file leaves the default of <see cref="TrainingOptions"/>.
/// </remarks>
internal static class OptionsJson
{
    private const string DropoutKey = "dropout", BalancedWeights = "balanced";

    /// <summary>All keys, in the order in which they are written.</summary>
    public static IReadOnlyList<Key> Keys { get; } =
    [
        new(
            "layers", (o, json) => WriteNumbers(o.Hidden, json),
            (o, json) => o with { Hidden = [.. json.EnumerateArray().Select(size => size.GetInt32())] }),
        CreateForKind("activation", Activation.All, o => o.Activation, (o, kind) => o with { Activation = kind }),
        new(
            DropoutKey, (o, json) => json.WriteNumberValue(o.Dropout), (o, json) => o with { Dropout = json.GetSingle() },
            o => o.Dropout != 0),
        new(
            "hidden-layers", (o, json) => WriteLayers(o.Layers!, json), (o, json) => o with { Layers = ReadLayers(json) },
            o => o.Layers is not null),
        CreateForKind("loss", Loss.All, o => o.Loss, (o, kind) => o with { Loss = kind }),
        new(
            "class-weights", (o, json) => WriteClassWeights(o.ClassWeights!, json),
            (o, json) => o with { ClassWeights = ReadClassWeights(json) }, o => o.ClassWeights is not null),
        CreateForSwitch("clip-predictions", o => o.ClipPredictions, o => o with { ClipPredictions = true }),
        CreateForKind(
            "output-activation", Activation.All, o => o.OutputActivation, (o, kind) => o with { OutputActivation = kind }),
        CreateForKind("optimizer", OptimizerOptions.All, o => o.Optimizer, (o, kind) => o with { Optimizer = kind }),
        // In older files, weight decay is a key beside the optimizer.
        new("l2", (_, _) => { }, (o, json) => o with { Optimizer = o.Optimizer with { WeightDecay = json.GetSingle() } }, _ => false),
        CreateForKind("schedule", Schedule.All, o => o.Schedule, (o, kind) => o with { Schedule = kind }),
        new(
            "learning-rate-factors", (o, json) => WriteFactors(o.LearningRateFactors, json),
            (o, json) => o with { LearningRateFactors = json.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetSingle()) },
            o => o.LearningRateFactors.Count > 0),
        CreateForSwitch("neural-tangent", o => o.NeuralTangent, o => o with { NeuralTangent = true }),
        CreateForNumber("input-factor-rate", o => o.InputFactorRate, (o, rate) => o with { InputFactorRate = rate }),
        CreateForNumber("clip-value", o => o.ClipValue, (o, limit) => o with { ClipValue = limit }),
        CreateForNumber("clip-norm", o => o.ClipNorm, (o, limit) => o with { ClipNorm = limit }),
        new("batch-size", (o, json) => json.WriteNumberValue(o.BatchSize), (o, json) => o with { BatchSize = json.GetInt32() }),
        new(
            "shards", (o, json) => json.WriteNumberValue(o.Shards), (o, json) => o with { Shards = json.GetInt32() }, o => o.Shards != 1),
        new("epochs", (o, json) => json.WriteNumberValue(o.Epochs), (o, json) => o with { Epochs = json.GetInt32() }),
        CreateForSwitch("keep-best", o => o.KeepBest, o => o with { KeepBest = true }),
        new(
            "patience", (o, json) => json.WriteNumberValue(o.Patience!.Value), (o, json) => o with { Patience = json.GetInt32() },
            o => o.Patience is not null),
        CreateForKind("scaling", Scaling.All, o => o.Scaling, (o, kind) => o with { Scaling = kind }),
        new(
            "augmentation", (o, json) => AugmentationJson.Write(o.Augmentation, json),
            (o, json) => o with { Augmentation = AugmentationJson.Read(json) }, o => !o.Augmentation.IsNone),
        CreateForKind("init", Initialization.All, o => o.Initialization, (o, kind) => o with { Initialization = kind }),
        new("shuffle", (o, json) => json.WriteBooleanValue(o.Shuffle), (o, json) => o with { Shuffle = json.GetBoolean() }),
        new(
            "shuffle-window", (o, json) => json.WriteNumberValue(o.ShuffleWindow!.Value),
            (o, json) => o with { ShuffleWindow = json.GetInt32() }, o => o.ShuffleWindow is not null),
        new(
            "drop-last-batch", (o, json) => json.WriteBooleanValue(o.DropLastBatch),
            (o, json) => o with { DropLastBatch = json.GetBoolean() }),
        new("seed", (o, json) => json.WriteNumberValue(o.Seed), (o, json) => o with { Seed = json.GetUInt64() }),
    ];

    /// <summary>Writes the options as one object.</summary>
    public static void Write(TrainingOptions options, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var key in Keys)
        {
            if (!key.IsWritten(options))
                continue;
            json.WritePropertyName(key.Name);
            key.Write(options, json);
        }
        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">A key is unknown, or a value is invalid.</exception>
    public static TrainingOptions Read(JsonElement json)
    {
        var unknown = json.EnumerateObject().Select(property => property.Name).Except(Keys.Select(key => key.Name)).FirstOrDefault();
        if (unknown is not null)
            throw new FormatException($"this version knows no training option \"{unknown}\"");
        var options = new TrainingOptions();
        foreach (var key in Keys)
        {
            if (json.TryGetProperty(key.Name, out var value))
                options = key.Read(options, value);
        }
        options.Validate();
        return options;
    }

    /// <summary>The first difference between two sets of options, with the name of the option; null if there is none.</summary>
    public static string? Difference(TrainingOptions before, TrainingOptions now)
    {
        foreach (var key in Keys)
        {
            string was = ToText(key, before), isNow = ToText(key, now);
            if (was != isNow)
                return $"{key.Name} was {was}, and is {isNow}";
        }
        return null;
    }

    private static string ToText(Key key, TrainingOptions options) =>
        key.IsWritten(options) ? JsonAccess.ToText(json => key.Write(options, json)) : "not given";

    /// <summary>One key of the options.</summary>
    /// <param name="Name">Its name in files.</param>
    /// <param name="Write">Writes its value.</param>
    /// <param name="Read">Returns the options with the value from a file.</param>
    /// <param name="IsNeeded">Whether the key is written for these options; null for always.</param>
    internal sealed record Key(
        string Name, Action<TrainingOptions, Utf8JsonWriter> Write, Func<TrainingOptions, JsonElement, TrainingOptions> Read,
        Func<TrainingOptions, bool>? IsNeeded = null)
    {
        /// <summary>Whether the key is written for these options.</summary>
        public bool IsWritten(TrainingOptions options) => IsNeeded?.Invoke(options) ?? true;
    }

    private static Key CreateForKind<T>(
        string name, Catalogue<T> catalogue, Func<TrainingOptions, T?> get, Func<TrainingOptions, T, TrainingOptions> with)
        where T : Kind => new(
            name, (o, json) => KindJson.Write(get(o)!, json), (o, json) => with(o, KindJson.Read(json, catalogue)),
            o => get(o) is not null);

    // Written only where it is on: files without the option stay as they were.
    private static Key CreateForSwitch(
        string name, Func<TrainingOptions, bool> isOn, Func<TrainingOptions, TrainingOptions> switchOn) => new(
            name, (_, json) => json.WriteBooleanValue(true), (o, json) => json.GetBoolean() ? switchOn(o) : o, isOn);

    private static Key CreateForNumber(
        string name, Func<TrainingOptions, float?> get, Func<TrainingOptions, float, TrainingOptions> with) => new(
            name, (o, json) => json.WriteNumberValue(get(o)!.Value), (o, json) => with(o, json.GetSingle()), o => get(o) is not null);

    private static void WriteFactors(IEnumerable<KeyValuePair<string, float>> factors, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var (name, factor) in factors)
            json.WriteNumber(name, factor);
        json.WriteEndObject();
    }

    private static void WriteClassWeights(ClassWeights weights, Utf8JsonWriter json)
    {
        if (weights.ByName is null)
            json.WriteStringValue(BalancedWeights);
        else
            WriteFactors(weights.ByName, json);
    }

    private static ClassWeights ReadClassWeights(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => ClassWeights.From(json.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetSingle())),
        JsonValueKind.String when json.GetString() == BalancedWeights => ClassWeights.Balanced,
        _ => throw new FormatException($"\"class-weights\" is {json.GetRawText()}, not {BalancedWeights} or an object"),
    };

    private static void WriteNumbers(IEnumerable<int> numbers, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (int number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static void WriteLayers(IEnumerable<Layer> layers, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var layer in layers)
        {
            json.WriteStartObject();
            json.WriteNumber("outputs", layer.Outputs);
            json.WritePropertyName("activation");
            KindJson.Write(layer.Activation, json);
            if (layer.Dropout != 0)
                json.WriteNumber(DropoutKey, layer.Dropout);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static Layer[] ReadLayers(JsonElement json) => [.. json.EnumerateArray().Select(ReadLayer)];

    private static Layer ReadLayer(JsonElement json) =>
        new(json.Get("outputs").GetInt32(), KindJson.Read(json.Get("activation"), Activation.All))
        {
            Dropout = json.Find(DropoutKey)?.GetSingle() ?? 0,
        };
}
