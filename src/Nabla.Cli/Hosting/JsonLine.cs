using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nabla.Cli;

/// <summary>One JSON object on one line. Numbers keep all their digits; NaN and infinities, which JSON lacks, become null.</summary>
internal sealed class JsonLine : IDisposable
{
    // Outside HTML, plus signs and quotes need no escape, and paths are easier to read without it.
    private static readonly JsonWriterOptions Style = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly ArrayBufferWriter<byte> buffer = new();
    private readonly Utf8JsonWriter writer;

    private JsonLine() => writer = new Utf8JsonWriter(buffer, Style);

    /// <summary>Writes one object and ends the line.</summary>
    public static void Write(TextWriter output, Action<JsonLine> fields)
    {
        using var line = new JsonLine();
        line.writer.WriteStartObject();
        fields(line);
        line.writer.WriteEndObject();
        line.writer.Flush();
        output.WriteLine(Encoding.UTF8.GetString(line.buffer.WrittenSpan));
    }

    /// <summary>One object as text, without the end of the line.</summary>
    public static string Of(Action<JsonLine> fields)
    {
        using var text = new StringWriter();
        Write(text, fields);
        return text.ToString().TrimEnd();
    }

    /// <summary>Reads an object that this class wrote.</summary>
    /// <exception cref="FormatException">It is not one, or lacks what is read.</exception>
    public static T Read<T>(string line, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException(e.Message, e);
        }
    }

    public JsonLine Text(string name, string? value) => With(() => writer.WriteString(name, value));

    public JsonLine Number(string name, long value) => With(() => writer.WriteNumber(name, value));

    /// <summary>Writes the digits of a float, not those of its conversion to double.</summary>
    public JsonLine Number(string name, float value) =>
        float.IsFinite(value) ? With(() => writer.WriteNumber(name, value)) : Number(name, (double?)null);

    public JsonLine Number(string name, double? value) => With(() =>
    {
        if (value is { } number && double.IsFinite(number))
            writer.WriteNumber(name, number);
        else
            writer.WriteNull(name);
    });

    /// <inheritdoc cref="Number(string, float)"/>
    public JsonLine Number(string name, float? value) => value is { } number ? Number(name, number) : Number(name, (double?)null);

    /// <summary>Writes a number; nothing if there is none.</summary>
    public JsonLine NumberIfAny(string name, long? value) => value is { } number ? Number(name, number) : this;

    /// <summary>Writes true; nothing if the value is false.</summary>
    public JsonLine TrueIf(string name, bool value) => value ? Boolean(name, true) : this;

    public JsonLine Boolean(string name, bool value) => With(() => writer.WriteBoolean(name, value));

    public JsonLine Numbers(string name, IEnumerable<int> values) => With(() =>
    {
        writer.WriteStartArray(name);
        foreach (int value in values)
            writer.WriteNumberValue(value);
        writer.WriteEndArray();
    });

    /// <summary>Writes numbers; those that are not finite as null.</summary>
    public JsonLine Doubles(string name, IEnumerable<double> values) => With(() =>
    {
        writer.WriteStartArray(name);
        foreach (double value in values)
        {
            if (double.IsFinite(value))
                writer.WriteNumberValue(value);
            else
                writer.WriteNullValue();
        }
        writer.WriteEndArray();
    });

    public JsonLine Texts(string name, IEnumerable<string> values) => With(() =>
    {
        writer.WriteStartArray(name);
        foreach (string value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    });

    /// <summary>Writes rows of numbers: an array of arrays.</summary>
    public JsonLine Rows(string name, IEnumerable<IEnumerable<int>> rows) => With(() =>
    {
        writer.WriteStartArray(name);
        foreach (var row in rows)
        {
            writer.WriteStartArray();
            foreach (int value in row)
                writer.WriteNumberValue(value);
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
    });

    /// <summary>Writes the metrics of a report; nothing if there is no report.</summary>
    public JsonLine Metrics(ModelReport? report) => With(() =>
    {
        foreach (var metric in report?.Metrics ?? [])
            Number(metric.Name, metric.Value);
    });

    /// <summary>Writes a field that has no value.</summary>
    public JsonLine Null(string name) => With(() => writer.WriteNull(name));

    public JsonLine Object(string name, Action<JsonLine> fields) => With(() =>
    {
        writer.WriteStartObject(name);
        fields(this);
        writer.WriteEndObject();
    });

    public JsonLine Objects<T>(string name, IEnumerable<T> items, Action<JsonLine, T> fields) => With(() =>
    {
        writer.WriteStartArray(name);
        foreach (T item in items)
        {
            writer.WriteStartObject();
            fields(this, item);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    });

    public void Dispose() => writer.Dispose();

    private JsonLine With(Action write)
    {
        write();
        return this;
    }
}
