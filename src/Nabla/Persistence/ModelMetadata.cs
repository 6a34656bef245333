using System.Text.Json;

namespace Nabla;

/// <summary>
/// Everything in a model file but its numbers, as the string-to-string metadata of a safetensors file (docs/file-formats.md).
/// </summary>
/// <param name="Task">The model's task (default: classification).</param>
/// <param name="Options">The training options; each key has a default.</param>
/// <param name="Scaling">How inputs are scaled (default: none).</param>
/// <param name="Origins">What is subtracted from each feature in double precision; null or empty for nothing.</param>
/// <param name="TargetScaling">How values to predict are standardized (default: not at all).</param>
/// <param name="OutputNames">The name of each output; if null, outputs are numbered.</param>
/// <param name="InputShape">Shape of one example; if null, a vector of the first layer's inputs.</param>
/// <param name="TakesBytes">Whether the model was trained on bytes rather than numbers (default: numbers).</param>
/// <param name="Interruption">Where training stopped, if it was interrupted.</param>
/// <param name="Members">What is different in each member of an ensemble, at least one; null for a single network.</param>
internal sealed record ModelMetadata(
    string Task, TrainingOptions Options, Scaling Scaling, double[]? Origins, TargetScaling? TargetScaling,
    IReadOnlyList<string>? OutputNames, IReadOnlyList<int>? InputShape, bool TakesBytes, Interruption? Interruption,
    IReadOnlyList<MemberMetadata>? Members = null)
{
    private const string FormatKey = "format";
    private const string ModelKey = "nabla.model";
    private const string OptionsKey = "nabla.options";
    private const string PositionKey = "nabla.position";
    private const string NotePrefix = "nabla.note.";
    private const string Format = "nabla-model-1";

    // The name of the format before models had a task.
    private const string FormerFormat = "nabla-classifier-1";

    /// <summary>The metadata and a model's notes as strings by name.</summary>
    public Dictionary<string, string> ToStrings(IEnumerable<KeyValuePair<string, string>> notes)
    {
        var strings = new Dictionary<string, string>
        {
            [FormatKey] = Format,
            [ModelKey] = JsonAccess.ToText(WriteModel),
            [OptionsKey] = JsonAccess.ToText(json => OptionsJson.Write(Options, json)),
        };
        if (Interruption is not null)
            strings[PositionKey] = JsonAccess.ToText(Interruption.Write);
        foreach (var (name, text) in notes)
            strings[NotePrefix + name] = text;
        return strings;
    }

    /// <summary>Whether metadata are those of a model.</summary>
    public static bool IsModel(IReadOnlyDictionary<string, string> strings) =>
        strings.GetValueOrDefault(FormatKey) is Format or FormerFormat;

    /// <summary>Reads what <see cref="ToStrings"/> wrote.</summary>
    /// <exception cref="FormatException">A value is invalid; the message names it.</exception>
    public static ModelMetadata FromStrings(IReadOnlyDictionary<string, string> strings)
    {
        if (!IsModel(strings))
            throw new FormatException($"it is a safetensors file, but its metadata does not say \"{FormatKey}\": \"{Format}\"");
        try
        {
            using var model = Parse(strings, ModelKey);
            using var options = Parse(strings, OptionsKey);
            using var position = strings.ContainsKey(PositionKey) ? Parse(strings, PositionKey) : null;
            var root = model.RootElement;
            var settings = OptionsJson.Read(options.RootElement);
            if (root.Find("members") is not null
                && (position is not null || root.Find("origins") is not null || root.Find("target-scaling") is not null))
                throw new FormatException("it has \"members\", and what only a single network has");
            return new ModelMetadata(
                root.Find("task")?.GetString() ?? Classifier.TaskName,
                settings,
                root.Find("scaling") is { } scaling ? KindJson.Read(scaling, Scaling.All) : Scaling.None,
                root.Find("origins") is { } origins ? Numbers(origins) : null,
                root.Find("target-scaling") is { } targets ? ReadTargetScaling(targets) : null,
                (root.Find("classes") ?? root.Find("targets")) is { } names ? [.. names.EnumerateArray().Select(ReadName)] : null,
                root.Find("input-shape") is { } shape ? [.. shape.EnumerateArray().Select(size => size.GetInt32())] : null,
                root.Find("inputs")?.GetString() switch
                {
                    "bytes" => true,
                    "numbers" or null => false,
                    var other => throw new FormatException($"\"inputs\" is \"{other}\", not bytes or numbers"),
                },
                position is null ? null : Interruption.Read(position.RootElement, settings.ResolvedLayers.Count + 1),
                root.Find("members") is { } members ? ReadMembers(members) : null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException(e.Message, e);
        }
    }

    /// <summary>A model's notes among the strings.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Notes(IReadOnlyDictionary<string, string> strings) => strings
        .Where(pair => pair.Key.StartsWith(NotePrefix, StringComparison.Ordinal))
        .Select(pair => KeyValuePair.Create(pair.Key[NotePrefix.Length..], pair.Value));

    private void WriteModel(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("task", Task);
        json.WritePropertyName("scaling");
        KindJson.Write(Scaling, json);
        json.WriteString("inputs", TakesBytes ? "bytes" : "numbers");
        json.WriteStartArray("input-shape");
        foreach (int size in InputShape!)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        WriteScaling(json, Origins, TargetScaling);
        json.WriteStartArray((Members is null ? TargetScaling : Members[0].TargetScaling) is null ? "classes" : "targets");
        foreach (string name in OutputNames!)
            json.WriteStringValue(name);
        json.WriteEndArray();
        if (Members is not null)
            WriteMembers(json, Members);
        json.WriteEndObject();
    }

    private static void WriteScaling(Utf8JsonWriter json, double[]? origins, TargetScaling? scaling)
    {
        if (origins is { Length: > 0 })
            WriteNumbers(json, "origins", origins);
        if (scaling is not null)
            WriteTargetScaling(json, scaling);
    }

    private static void WriteMembers(Utf8JsonWriter json, IReadOnlyList<MemberMetadata> members)
    {
        json.WriteStartArray("members");
        foreach (var member in members)
        {
            json.WriteStartObject();
            json.WriteNumber("seed", member.Seed);
            WriteScaling(json, member.Origins, member.TargetScaling);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static MemberMetadata[] ReadMembers(JsonElement json)
    {
        MemberMetadata[] members =
        [
            .. json.EnumerateArray().Select(member => new MemberMetadata(
                member.Get("seed").GetUInt64(),
                member.Find("origins") is { } origins ? Numbers(origins) : null,
                member.Find("target-scaling") is { } scaling ? ReadTargetScaling(scaling) : null)),
        ];
        return members.Length > 0 ? members : throw new FormatException("\"members\" is an empty list");
    }

    private static void WriteTargetScaling(Utf8JsonWriter json, TargetScaling scaling)
    {
        json.WriteStartObject("target-scaling");
        WriteNumbers(json, "offset", scaling.Offsets);
        WriteNumbers(json, "scale", scaling.Scales);
        if (!scaling.Minima.IsEmpty)
        {
            WriteNumbers(json, "min", scaling.Minima);
            WriteNumbers(json, "max", scaling.Maxima);
        }
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, ReadOnlySpan<double> numbers)
    {
        json.WriteStartArray(name);
        foreach (double number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static TargetScaling ReadTargetScaling(JsonElement json)
    {
        double[] offsets = Numbers(json.Get("offset")), scales = Numbers(json.Get("scale"));
        return json.Find("min") is null && json.Find("max") is null
            ? new TargetScaling(offsets, scales)
            : new TargetScaling(offsets, scales, Numbers(json.Get("min")), Numbers(json.Get("max")));
    }

    private static double[] Numbers(JsonElement json) => [.. json.EnumerateArray().Select(number => number.GetDouble())];

    private static string ReadName(JsonElement name) => name.GetString() ?? throw new FormatException("an output has no name");

    // All values of a missing object have their defaults.
    private static JsonDocument Parse(IReadOnlyDictionary<string, string> strings, string key) =>
        JsonAccess.Parse(strings.GetValueOrDefault(key, "{}"));
}

/// <summary>What is different in each member of an ensemble.</summary>
/// <param name="Seed">The seed of its training run.</param>
/// <param name="Origins">What is subtracted from each feature in double precision; null or empty for nothing.</param>
/// <param name="TargetScaling">How values to predict are standardized (default: not at all).</param>
internal sealed record MemberMetadata(ulong Seed, double[]? Origins, TargetScaling? TargetScaling);
