using System.Text.Json;

namespace Nabla;

/// <summary>The history of a training run as JSON (docs/file-formats.md).</summary>
internal static class HistoryJson
{
    private const string BestKey = "best", EpochsKey = "epochs", EpochKey = "epoch";
    private const string ValidationKey = "validation-loss", MetricsKey = "metrics", LayersKey = "layers";
    private const int MostMetrics = 16;

    /// <summary>The mean training loss of an epoch.</summary>
    public const string LossKey = "loss";

    /// <summary>Writes a history as one object.</summary>
    public static void Write(TrainingHistory history, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (history.BestEpoch is { } best)
            json.WriteNumber(BestKey, best);
        json.WriteStartArray(EpochsKey);
        foreach (var epoch in history.Epochs)
            WriteEpoch(epoch, json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="json">An object.</param>
    /// <param name="layers">Layers of the network.</param>
    /// <exception cref="FormatException">A value is missing or invalid.</exception>
    public static TrainingHistory Read(JsonElement json, int layers)
    {
        var list = json.Get(EpochsKey);
        // Counted before anything is read: a hostile file may list millions.
        if (list.GetArrayLength() > TrainingHistory.MostEpochs + 2)
        {
            throw new FormatException(
                $"its history has {list.GetArrayLength()} epochs, and at most {TrainingHistory.MostEpochs + 2} are kept");
        }
        return TrainingHistory.From(
            [.. list.EnumerateArray().Select(epoch => ReadEpoch(epoch, layers))], json.Find(BestKey)?.GetInt32(), layers);
    }

    /// <summary>Writes what a step did to each layer: [[gradient norm, update ratio], …].</summary>
    public static void WriteLayers(IReadOnlyList<LayerUpdate> layers, Utf8JsonWriter json)
    {
        if (layers.Count == 0)
            return;
        json.WriteStartArray(LayersKey);
        foreach (var layer in layers)
        {
            json.WriteStartArray();
            WriteValue(layer.GradientNorm, json);
            WriteValue(layer.UpdateRatio, json);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    /// <summary>Reads what <see cref="WriteLayers"/> wrote into an object.</summary>
    /// <param name="json">The object.</param>
    /// <param name="layers">Layers of the network.</param>
    /// <exception cref="FormatException">The number of layers or a value is invalid.</exception>
    public static LayerUpdate[] ReadLayers(JsonElement json, int layers)
    {
        if (json.Find(LayersKey) is not { } list)
            return [];
        if (list.GetArrayLength() != layers)
            throw new FormatException($"a step of its history has {list.GetArrayLength()} layers, and the network {layers}");
        return [.. list.EnumerateArray().Select(pair => pair.GetArrayLength() == 2
            ? new LayerUpdate(ReadSingle(pair[0]), ReadSingle(pair[1]))
            : throw new FormatException("a layer of its history is not a pair of numbers"))];
    }

    /// <summary>Writes metrics as an object.</summary>
    public static void WriteMetrics(string key, IReadOnlyList<KeyValuePair<string, double>> metrics, Utf8JsonWriter json)
    {
        json.WriteStartObject(key);
        foreach (var (name, value) in metrics)
        {
            json.WritePropertyName(name);
            WriteValue(value, json);
        }
        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="WriteMetrics"/> wrote.</summary>
    /// <exception cref="FormatException">There are too many, or a value is invalid.</exception>
    public static KeyValuePair<string, double>[] ReadMetrics(JsonElement json) => json.GetPropertyCount() <= MostMetrics
        ? [.. json.EnumerateObject().Select(metric => KeyValuePair.Create(metric.Name, ReadValue(metric.Value)))]
        : throw new FormatException($"an epoch of its history has more than {MostMetrics} metrics");

    /// <summary>Reads the loss of an epoch.</summary>
    /// <exception cref="FormatException">It is missing or not finite.</exception>
    public static double ReadLoss(JsonElement epoch)
    {
        double loss = epoch.Get(LossKey).GetDouble();
        return double.IsFinite(loss) ? loss : throw new FormatException("a loss of its history is not finite");
    }

    private static void WriteEpoch(EpochRecord epoch, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber(EpochKey, epoch.Epoch);
        json.WriteNumber(LossKey, epoch.Loss);
        if (epoch.ValidationLoss is { } validation)
        {
            json.WritePropertyName(ValidationKey);
            WriteValue(validation, json);
        }
        if (epoch.Metrics.Count > 0)
            WriteMetrics(MetricsKey, epoch.Metrics, json);
        WriteLayers(epoch.Layers, json);
        json.WriteEndObject();
    }

    private static EpochRecord ReadEpoch(JsonElement json, int layers) => new(
        json.Get(EpochKey).GetInt32(), ReadLoss(json),
        json.TryGetProperty(ValidationKey, out var validation) ? ReadValue(validation) : null,
        json.Find(MetricsKey) is { } metrics ? ReadMetrics(metrics) : [], ReadLayers(json, layers));

    // JSON has no NaN and no infinity: null stands for what is not finite.
    private static void WriteValue(double value, Utf8JsonWriter json)
    {
        if (double.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteNullValue();
    }

    private static void WriteValue(float value, Utf8JsonWriter json)
    {
        if (float.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteNullValue();
    }

    private static float ReadSingle(JsonElement json)
    {
        float value = (float)ReadValue(json);
        return float.IsInfinity(value) ? throw new FormatException($"{json} of its history is too large") : value;
    }

    private static double ReadValue(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Null)
            return double.NaN;
        double value = json.GetDouble();
        return double.IsFinite(value) ? value : throw new FormatException($"{json} of its history is too large");
    }
}
