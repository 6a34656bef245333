using System.Text.Json;

namespace Nabla;

/// <summary>The history of a model's training run, or of those of its members, as metadata of a model file.</summary>
internal static class HistoryMetadata
{
    public const string Key = "nabla.history";

    private const string MembersKey = "members";

    // Far more characters than a history has; that of an ensemble of very many members is left out.
    private const int Longest = 1 << 24;

    /// <summary>Adds the history of a model to the metadata, if it has one.</summary>
    public static void Write(Model model, Dictionary<string, string> strings)
    {
        bool isThere = model.History.Epochs.Count > 0 || model.Members.Any(member => member.History.Epochs.Count > 0);
        if (isThere && ToText(model) is { } text)
            strings[Key] = text;
    }

    /// <summary>The history of a model as JSON; null if it is too long for a file.</summary>
    public static string? ToText(Model model) =>
        JsonAccess.ToText(json => Write(model, json)) is var text && text.Length <= Longest ? text : null;

    /// <summary>Gives a model, and its members, the history that <see cref="Write(Model, Dictionary{string, string})"/> added.</summary>
    /// <exception cref="FormatException">It is invalid; the message says why.</exception>
    public static void Read(IReadOnlyDictionary<string, string> strings, Model model)
    {
        if (!strings.TryGetValue(Key, out string? text))
            return;
        if (text.Length > Longest)
            throw new FormatException($"its history has {text.Length} characters, and at most {Longest} are kept");
        try
        {
            using var json = JsonAccess.Parse(text);
            Read(json.RootElement, model);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"its history: {e.Message}", e);
        }
    }

    private static void Write(Model model, Utf8JsonWriter json)
    {
        if (model.Members.Count == 0)
        {
            HistoryJson.Write(model.History, json);
            return;
        }
        json.WriteStartObject();
        json.WriteStartArray(MembersKey);
        foreach (var member in model.Members)
            HistoryJson.Write(member.History, json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Read(JsonElement json, Model model)
    {
        if (model.Members.Count == 0)
        {
            model.History = HistoryJson.Read(json, model.Topology.LayerCount);
            return;
        }
        var histories = json.Get(MembersKey);
        if (histories.GetArrayLength() != model.Members.Count)
            throw new FormatException($"it has {model.Members.Count} members, and the history of {histories.GetArrayLength()}");
        foreach (var (member, history) in model.Members.Zip(histories.EnumerateArray()))
            member.History = HistoryJson.Read(history, model.Topology.LayerCount);
    }
}
