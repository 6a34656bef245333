using System.Text.Json;

namespace Nabla;

/// <summary>The JSON header of a safetensors file, parsed strictly: repeated keys, unknown keys and malformed text are errors.</summary>
internal sealed class SafetensorsHeader
{
    public const string MetadataKey = "__metadata__";
    private const int MaxDepth = 4;

    private SafetensorsHeader()
    {
    }

    /// <summary>The metadata: text by key.</summary>
    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>The tensors, in the order of their data.</summary>
    public List<SafetensorsTensor> Tensors { get; } = [];

    /// <summary>Parses the header's text.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="location">The file, for messages.</param>
    /// <param name="start">Where the text begins in the file.</param>
    /// <exception cref="InvalidInputException">The text is not a valid header.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, FileLocation location, long start)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            if (json.IsEmpty || json[0] != '{')
                throw new JsonException("it does not begin with {");
            if (!System.Text.Unicode.Utf8.IsValid(json))
                throw new JsonException("it is not valid UTF-8");
            var header = new SafetensorsHeader();
            header.ReadAll(ref reader);
            return header;
        }
        // Utf8JsonReader throws all three on bad input.
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw location.Error(
                start + reader.BytesConsumed, $"the header is malformed: {e.Message.TrimEnd('.')}", FileLocation.CopyAgain, e);
        }
    }

    private void ReadAll(ref Utf8JsonReader reader)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        reader.Read();
        while (NextKey(ref reader) is { } name)
        {
            if (!names.Add(name))
                throw new JsonException($"the name '{name}' occurs twice");
            if (name == MetadataKey)
                ReadMetadata(ref reader);
            else
                Tensors.Add(ReadTensor(ref reader, name));
        }
        reader.Read(); // throws on anything but white space
        Tensors.Sort((a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End.CompareTo(b.End));
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        Require(ref reader, JsonTokenType.StartObject, "the metadata are not an object");
        while (NextKey(ref reader) is { } key)
        {
            Require(ref reader, JsonTokenType.String, $"the metadata '{key}' is not a string");
            if (!Metadata.TryAdd(key, reader.GetString()!))
                throw new JsonException($"the metadata '{key}' occurs twice");
        }
    }

    private static SafetensorsTensor ReadTensor(ref Utf8JsonReader reader, string name)
    {
        Require(ref reader, JsonTokenType.StartObject, $"'{name}' is not an object");
        string? dataType = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        while (NextKey(ref reader) is { } key)
        {
            switch (key)
            {
                case "dtype" when dataType is null:
                    Require(ref reader, JsonTokenType.String, $"the dtype of '{name}' is not a string");
                    dataType = reader.GetString();
                    break;
                case "shape" when shape is null: shape = ReadNumbers(ref reader, name); break;
                case "data_offsets" when offsets is null: offsets = ReadNumbers(ref reader, name); break;
                default: throw new JsonException($"'{name}' has the key '{key}', which is unknown or repeated");
            }
        }
        if (dataType is null || shape is null || offsets is not [var begin, var end])
            throw new JsonException($"'{name}' lacks dtype, shape or two data_offsets");
        int[] sizes = [.. shape.Select(
            size => size <= int.MaxValue ? (int)size : throw new JsonException($"'{name}' is larger than any array"))];
        return CheckSize(new SafetensorsTensor(name, dataType, sizes, begin, end));
    }

    private static SafetensorsTensor CheckSize(SafetensorsTensor tensor)
    {
        int count = ArrayShape.CountOf([.. tensor.Shape]);
        int size = SafetensorsTensor.SizeOf(tensor.DataType);
        return count >= 0 && tensor.Begin <= tensor.End && (size == 0 || tensor.End - tensor.Begin == (long)count * size)
            ? tensor
            : throw new JsonException($"{tensor} does not take the bytes {tensor.Begin} to {tensor.End}");
    }

    private static List<long> ReadNumbers(ref Utf8JsonReader reader, string name)
    {
        Require(ref reader, JsonTokenType.StartArray, $"shape or data_offsets of '{name}' is not a list");
        var numbers = new List<long>();
        for (reader.Read(); reader.TokenType != JsonTokenType.EndArray; reader.Read()) // throws at the end of the text
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || number < 0
                || numbers.Count == ArrayShape.MaxRank)
                throw new JsonException($"shape or data_offsets of '{name}' is not a list of at most {ArrayShape.MaxRank} whole numbers");
            numbers.Add(number);
        }
        return numbers;
    }

    /// <summary>The next key of an object, or null at its end.</summary>
    private static string? NextKey(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.PropertyName ? reader.GetString() : null;
    }

    private static void Require(ref Utf8JsonReader reader, JsonTokenType type, string otherwise)
    {
        reader.Read();
        if (reader.TokenType != type)
            throw new JsonException(otherwise);
    }
}
