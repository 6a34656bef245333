using System.Text.Json;

namespace Nabla;

/// <summary>Receipts of training runs as JSON (docs/file-formats.md).</summary>
internal static class ReceiptJson
{
    private const string Format = "nabla-run-1", Remedy = "Use the run.json of a training run.";
    private const int LongestFile = 1 << 28;
    private const string FormatKey = "format", CommandKey = "command", ModelKey = "model", VersionKey = "version", MachineKey = "machine";
    private const string BeganKey = "began", EngineKey = "engine", MemberCountKey = "member-count", DataKey = "data";
    private const string ValidationKey = "validation", OptionsKey = "options", EpochsKey = "epochs", MembersKey = "members";
    private const string FingerprintKey = "fingerprint";
    private const string EpochKey = "epoch", MetricsKey = "metrics", MemberKey = "member";

    /// <summary>Writes a receipt.</summary>
    public static void Write(RunReceipt receipt, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteString(FormatKey, Format);
        if (receipt.Command is not null)
            json.WriteString(CommandKey, receipt.Command);
        if (receipt.Model is not null)
            json.WriteString(ModelKey, receipt.Model);
        json.WriteString(VersionKey, receipt.Version);
        json.WriteString(MachineKey, receipt.Machine);
        json.WriteString(BeganKey, receipt.Began);
        json.WriteString(EngineKey, receipt.Engine);
        if (receipt.MemberCount is { } count)
            json.WriteNumber(MemberCountKey, count);
        json.WriteString(DataKey, receipt.Data);
        if (receipt.Validation is not null)
            json.WriteString(ValidationKey, receipt.Validation);
        json.WritePropertyName(OptionsKey);
        OptionsJson.Write(receipt.Options, json);
        WriteList(json, EpochsKey, receipt.Epochs, WriteEpoch);
        WriteList(json, MembersKey, receipt.Members, WriteMember);
        if (receipt.Fingerprint is not null)
            json.WriteString(FingerprintKey, receipt.Fingerprint);
        json.WriteEndObject();
    }

    /// <summary>Reads a file that <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidInputException">It is not a receipt; the message says why.</exception>
    public static RunReceipt Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return Read(file, path);
    }

    /// <summary>Reads a receipt from a stream.</summary>
    /// <param name="stream">Read to its end.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="InvalidInputException">It is not a receipt; the message says why.</exception>
    public static RunReceipt Read(Stream stream, string name)
    {
        var location = new FileLocation(name);
        byte[] bytes = IncrementalRead.AtMost(stream, LongestFile, location, 0);
        try
        {
            using var json = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
            return Read(json.RootElement);
        }
        catch (JsonException e)
        {
            throw JsonAccess.OffsetOf(e, bytes) is { } offset
                ? location.Error(offset, e.Message, Remedy, e)
                : location.Error(e.Message, Remedy);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or ArgumentException)
        {
            throw location.Error(e.Message, Remedy);
        }
    }

    private static RunReceipt Read(JsonElement json) =>
        json.ValueKind != JsonValueKind.Object || json.Find(FormatKey)?.GetString() != Format
            ? throw new FormatException($"it does not say \"{FormatKey}\": \"{Format}\"")
            : new RunReceipt
            {
                Command = json.Find(CommandKey)?.GetString(),
                Model = json.Find(ModelKey)?.GetString(),
                Version = json.Text(VersionKey),
                Machine = json.Text(MachineKey),
                Began = json.Get(BeganKey).GetDateTimeOffset(),
                Engine = json.Text(EngineKey),
                MemberCount = json.Find(MemberCountKey) is { } members ? ReadCount(members) : null,
                Data = json.Text(DataKey),
                Validation = json.Find(ValidationKey)?.GetString(),
                Options = OptionsJson.Read(json.Get(OptionsKey)),
                Epochs = InOrder([.. json.Get(EpochsKey).EnumerateArray().Select(ReadEpoch)], epoch => epoch.Epoch),
                Members = InOrder([.. json.Get(MembersKey).EnumerateArray().Select(ReadMember)], member => member.Member),
                Fingerprint = json.Find(FingerprintKey)?.GetString(),
            };

    private static int ReadCount(JsonElement json) =>
        json.GetInt32() is var count && count >= 1 ? count : throw new FormatException($"\"{MemberCountKey}\" is {count}");

    private static void WriteList<T>(Utf8JsonWriter json, string key, IReadOnlyList<T> items, Action<T, Utf8JsonWriter> write)
    {
        json.WriteStartArray(key);
        foreach (var item in items)
            write(item, json);
        json.WriteEndArray();
    }

    private static void WriteEpoch(ReceiptEpoch epoch, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber(EpochKey, epoch.Epoch);
        json.WriteNumber(HistoryJson.LossKey, epoch.Loss);
        json.WriteString(FingerprintKey, epoch.Fingerprint);
        if (epoch.Metrics.Count > 0)
            HistoryJson.WriteMetrics(MetricsKey, epoch.Metrics, json);
        json.WriteEndObject();
    }

    private static ReceiptEpoch ReadEpoch(JsonElement json) => new(
        json.Get(EpochKey).GetInt32(), HistoryJson.ReadLoss(json), json.Text(FingerprintKey),
        json.Find(MetricsKey) is { } metrics ? HistoryJson.ReadMetrics(metrics) : []);

    private static void WriteMember(ReceiptMember member, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber(MemberKey, member.Member);
        json.WriteString(FingerprintKey, member.Fingerprint);
        json.WriteEndObject();
    }

    private static ReceiptMember ReadMember(JsonElement json) => new(json.Get(MemberKey).GetInt32(), json.Text(FingerprintKey));

    private static T[] InOrder<T>(T[] items, Func<T, int> number)
    {
        for (int i = 0; i < items.Length; i++)
        {
            if (number(items[i]) < 0 || (i > 0 && number(items[i]) <= number(items[i - 1])))
                throw new FormatException($"{number(items[i])} is not in order");
        }
        return items;
    }
}
