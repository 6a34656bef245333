using System.Text;
using System.Text.Json;

namespace Nabla.Tables;

/// <summary>
/// The encoding of a table as JSON: <c>{"target":…,"classes":[…],"columns":[{"name":…},{"name":…,"categories":[…]}]}</c>. Without
/// <c>classes</c>, values are predicted, and <c>target</c> is a list of columns.
/// </summary>
internal static class TableEncodingJson
{
    public static string Write(TableEncoding encoding)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (encoding.ClassNames is { } classes)
            {
                json.WriteString("target", encoding.TargetColumns[0]);
                WriteStrings(json, "classes", classes);
            }
            else
            {
                WriteStrings(json, "target", encoding.TargetColumns);
            }
            json.WriteStartArray("columns");
            foreach (ColumnEncoding column in encoding.Columns)
            {
                json.WriteStartObject();
                json.WriteString("name", column.Name);
                if (column.Categories is not null)
                    WriteStrings(json, "categories", column.Categories);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    public static TableEncoding Read(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            ColumnEncoding[] columns = [.. root.GetProperty("columns").EnumerateArray().Select(ReadColumn)];
            JsonElement target = root.GetProperty("target");
            return root.TryGetProperty("classes", out JsonElement classes)
                ? new TableEncoding(columns, [ReadString(target)], ReadStrings(classes))
                : new TableEncoding(columns, ReadStrings(target), null);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new InvalidInputException(
                "cannot read the encoding of a table", "JSON text", error.Message,
                "Use the model file as nabla train wrote it, or train again.", error);
        }
    }

    private static ColumnEncoding ReadColumn(JsonElement column) => new(
        ReadString(column.GetProperty("name")),
        column.TryGetProperty("categories", out JsonElement categories) ? ReadStrings(categories) : null);

    private static string[] ReadStrings(JsonElement array) => [.. array.EnumerateArray().Select(ReadString)];

    private static string ReadString(JsonElement element) =>
        element.GetString() ?? throw new JsonException("null stands where a name should be.");

    private static void WriteStrings(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
