using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nabla.Onnx;

/// <summary>The keys of the metadata that Nabla writes into ONNX files, and lists of names as JSON.</summary>
internal static class OnnxMetadata
{
    public const string Fingerprint = "nabla.fingerprint";
    public const string Task = "nabla.task";
    public const string Version = "nabla.version";
    public const string Command = "nabla.command";
    public const string Classes = "nabla.classes";
    public const string Targets = "nabla.targets";

    private static readonly JsonWriterOptions Style = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes names as a JSON array.</summary>
    public static string ToJson(IReadOnlyList<string> names)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Style))
        {
            json.WriteStartArray();
            foreach (string name in names)
                json.WriteStringValue(name);
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads a JSON array of names; null if the text is not one.</summary>
    public static IReadOnlyList<string>? FromJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return [.. document.RootElement.EnumerateArray().Select(name => name.GetString()!)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
