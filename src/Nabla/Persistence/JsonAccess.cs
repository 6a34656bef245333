using System.Text;
using System.Text.Json;

namespace Nabla;

/// <summary>
/// Reads untrusted JSON: a required property that is missing is a <see cref="FormatException"/> that names it.
/// </summary>
internal static class JsonAccess
{
    private const int MaxDepth = 8;

    /// <summary>Parses a text; two properties of the same name are an error.</summary>
    /// <exception cref="JsonException">The text is malformed, or nested too deeply.</exception>
    public static JsonDocument Parse(string text) =>
        JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });

    /// <summary>A required property.</summary>
    public static JsonElement Get(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value)
            ? value
            : throw new FormatException($"\"{name}\" is missing");

    /// <summary>A required property that is a text.</summary>
    public static string Text(this JsonElement json, string name) =>
        json.Get(name).GetString() ?? throw new FormatException($"\"{name}\" has no value");

    /// <summary>An optional property.</summary>
    public static JsonElement? Find(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>The place of an error in a text of several lines; null if it has none, as a name that is there twice.</summary>
    public static long? OffsetOf(JsonException error, ReadOnlySpan<byte> text)
    {
        if (error.LineNumber is not { } lines)
            return null;
        int start = 0;
        for (long line = 0; line < lines; line++)
            start += text[start..].IndexOf((byte)'\n') + 1;
        return start + error.BytePositionInLine;
    }

    /// <summary>Writes JSON into a string.</summary>
    public static string ToText(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            write(json);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
