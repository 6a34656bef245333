using System.Text;
using System.Text.Json;

namespace Nabla.Tables;

/// <summary>The encoding of a table as JSON, described in docs/file-formats.md.</summary>
internal static class TableEncodingJson
{
    /// <summary>JSON has no number for what is unknown: a missing value whose column had none to take its place.</summary>
    private const float NoFill = 0;

    public static string Write(TableEncoding encoding)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteStrings(json, "target", encoding.TargetColumns);
            if (encoding.ClassNames is { } classes)
                WriteStrings(json, "classes", classes);
            WriteChoice(json, "numbers", encoding.TargetFormat);
            if (encoding.MissingMarkers is { } markers)
                WriteStrings(json, "missing", markers);
            WriteChoice(json, "invalid", encoding.InvalidCells);
            if (encoding.WeightColumn is { } weight)
                json.WriteString("weight", weight);
            if (encoding.WeightFormat is { } format)
                WriteChoice(json, "weight-numbers", format);
            if (!encoding.HasHeader)
                json.WriteBoolean("header", false);
            if (encoding.ColumnCount is { } count)
                json.WriteNumber("column-count", count);
            json.WriteStartArray("columns");
            foreach (var column in encoding.Columns)
                WriteColumn(json, column);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    public static TableEncoding Read(string json)
    {
        try
        {
            using var document = JsonAccess.Parse(json);
            var root = document.RootElement;
            return new TableEncoding(
                [.. root.GetProperty("columns").EnumerateArray().Select(ReadColumn)], ReadStrings(root.GetProperty("target")),
                root.TryGetProperty("classes", out var classes) ? ReadStrings(classes) : null)
            {
                TargetFormat = ReadChoice<NumberFormat>(root, "numbers"),
                MissingMarkers = root.TryGetProperty("missing", out var markers) ? ReadStrings(markers) : null,
                InvalidCells = ReadChoice<InvalidCellHandling>(root, "invalid"),
                WeightColumn = root.TryGetProperty("weight", out var weight) ? ReadString(weight) : null,
                WeightFormat = root.TryGetProperty("weight-numbers", out _)
                    ? ReadChoice<NumberFormat>(root, "weight-numbers")
                    : null,
                HasHeader = !root.TryGetProperty("header", out var header) || header.GetBoolean(),
                ColumnCount = root.TryGetProperty("column-count", out var count) ? count.GetInt32() : null,
            };
        }
        catch (Exception error) when (
            error is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException or FormatException)
        {
            throw new InvalidInputException(
                "cannot read the encoding of a table", "JSON text", error.Message,
                "Use the model file as nabla train wrote it, or train again.", error);
        }
    }

    private static void WriteColumn(Utf8JsonWriter json, ColumnEncoding column)
    {
        json.WriteStartObject();
        json.WriteString("name", column.Name);
        switch (column)
        {
            case NumberEncoding number:
                json.WriteString("kind", "number");
                WriteChoice(json, "numbers", number.Format);
                json.WriteNumber("origin", number.Origin);
                json.WriteNumber("fill", float.IsNaN(number.Fill) ? NoFill : number.Fill);
                json.WriteBoolean("marks-missing", number.MarksMissing);
                break;
            case DateEncoding date:
                json.WriteString("kind", "date");
                WriteChoice(json, "order", date.Order);
                json.WriteNumber("first", date.First.DayNumber);
                json.WriteBoolean("times", date.HasTimes);
                json.WriteStartArray("fill");
                foreach (float value in date.Fill)
                    json.WriteNumberValue(float.IsNaN(value) ? NoFill : value);
                json.WriteEndArray();
                json.WriteBoolean("marks-missing", date.MarksMissing);
                break;
            case CategoryEncoding category:
                json.WriteString("kind", "category");
                WriteStrings(json, "categories", category.Categories);
                break;
        }
        json.WriteEndObject();
    }

    private static ColumnEncoding ReadColumn(JsonElement column)
    {
        string name = ReadString(column.GetProperty("name"));
        return ReadString(column.GetProperty("kind")) switch
        {
            "number" => new NumberEncoding(
                name, ReadChoice<NumberFormat>(column, "numbers"), ReadFinite(column.GetProperty("origin")),
                ReadFloat(column.GetProperty("fill")), column.GetProperty("marks-missing").GetBoolean()),
            "date" => new DateEncoding(
                name, ReadChoice<DateOrder>(column, "order"), DateOnly.FromDayNumber(column.GetProperty("first").GetInt32()),
                column.GetProperty("times").GetBoolean(), [.. column.GetProperty("fill").EnumerateArray().Select(ReadFloat)],
                column.GetProperty("marks-missing").GetBoolean()),
            "category" => new CategoryEncoding(name, ReadStrings(column.GetProperty("categories"))),
            var kind => throw new JsonException($"There is no kind of column called {kind}."),
        };
    }

    private static double ReadFinite(JsonElement element) =>
        element.GetDouble() is var number && double.IsFinite(number)
            ? number
            : throw new JsonException($"{element} is not a finite number.");

    private static float ReadFloat(JsonElement element) =>
        element.GetSingle() is var number && float.IsFinite(number)
            ? number
            : throw new JsonException($"{element} is not a finite number.");

    private static T ReadChoice<T>(JsonElement parent, string name)
        where T : struct, Enum =>
        Enum.TryParse(ReadString(parent.GetProperty(name)), out T value) && Enum.IsDefined(value)
            ? value
            : throw new JsonException($"{parent.GetProperty(name)} is unknown.");

    private static string[] ReadStrings(JsonElement array) => [.. array.EnumerateArray().Select(ReadString)];

    private static string ReadString(JsonElement element) =>
        element.GetString() ?? throw new JsonException("null stands where a name should be.");

    private static void WriteChoice<T>(Utf8JsonWriter json, string name, T value)
        where T : struct, Enum => json.WriteString(name, value.ToString());

    private static void WriteStrings(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
