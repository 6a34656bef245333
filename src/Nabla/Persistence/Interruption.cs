using System.Text.Json;

namespace Nabla;

/// <summary>Where a training run was interrupted, and what resuming it needs.</summary>
/// <param name="Position">How far it had come.</param>
/// <param name="Schedule">What the schedule had learned.</param>
/// <param name="Data">What the data are that it learns from: others would give other results.</param>
/// <param name="Validation">Digest of the validation data, empty without any; null if they change no result.</param>
/// <param name="Best">The best epoch so far, whose parameters are a tensor of the file; null if there is none.</param>
/// <param name="MeasuredStep">What the last full batch of the current epoch did to each layer; empty before it.</param>
internal sealed record Interruption(
    TrainingPosition Position, ScheduleState Schedule, DataDigest Data, string? Validation, BestScore? Best,
    LayerUpdate[] MeasuredStep)
{
    private const string ScheduleKey = "schedule", ValidationKey = "validation", BestKey = "best";

    /// <summary>Writes it as one object.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("epoch", Position.Epoch);
        json.WriteNumber("batch", Position.Batch);
        json.WriteNumber("examples", Position.Examples);
        json.WriteNumber("loss-sum", Position.LossSum);
        Data.Write(json);
        if (Validation is not null)
            json.WriteString(ValidationKey, Validation);
        if (Schedule != ScheduleState.Initial)
            WriteSchedule(json);
        if (Best is not null)
            WriteBest(Best, json);
        HistoryJson.WriteLayers(MeasuredStep, json);
        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="json">An object.</param>
    /// <param name="layers">Layers of the network.</param>
    /// <exception cref="FormatException">A value is missing or invalid.</exception>
    public static Interruption Read(JsonElement json, int layers)
    {
        var position = new TrainingPosition(
            json.Get("epoch").GetInt32(), json.Get("batch").GetInt32(), json.Get("examples").GetInt32(), json.Get("loss-sum").GetDouble());
        return position is { Epoch: >= 0, Batch: >= 0, Examples: >= 0 } && double.IsFinite(position.LossSum)
            ? new Interruption(
                position, ReadSchedule(json), DataDigest.Read(json), json.Find(ValidationKey)?.GetString(), ReadBest(json),
                HistoryJson.ReadLayers(json, layers))
            : throw new FormatException($"a training run cannot be interrupted at {position}");
    }

    /// <summary>Whether a training run with these options and this number of examples can have stopped here.</summary>
    /// <param name="options">Its options.</param>
    /// <param name="batchCount">Number of batches in an epoch.</param>
    /// <param name="examples">Number of training examples.</param>
    public bool IsPossible(TrainingOptions options, int batchCount, int examples) =>
        Position.Epoch < options.Epochs && Position.Batch <= batchCount
        && Position.Examples == Math.Min((long)Position.Batch * options.BatchSize, examples)
        // There is no best epoch while no error is finite.
        && (Best is null
            || (options.KeepsBest && Best.Epoch < Position.Epoch && !Best.EndsTraining(options.Patience, Position.Epoch)));

    private static void WriteBest(BestScore best, Utf8JsonWriter json)
    {
        json.WriteStartObject(BestKey);
        json.WriteNumber("epoch", best.Epoch);
        json.WriteNumber("reached", best.Reached);
        json.WriteNumber("error", best.Error);
        json.WriteEndObject();
    }

    private static BestScore? ReadBest(JsonElement json)
    {
        if (json.Find(BestKey) is not { } element)
            return null;
        var best = new BestScore(element.Get("epoch").GetInt32(), element.Get("reached").GetInt32(), element.Get("error").GetDouble());
        return best.Reached >= 0 && best.Epoch >= best.Reached && double.IsFinite(best.Error)
            ? best
            : throw new FormatException(
                $"the best epoch cannot be {best.Epoch}, with the error {best.Error} first reached in epoch {best.Reached}");
    }

    private void WriteSchedule(Utf8JsonWriter json)
    {
        json.WriteStartObject(ScheduleKey);
        json.WriteNumber("factor", Schedule.Factor);
        if (Schedule.BestLoss is { } best)
            json.WriteNumber("best-loss", best);
        json.WriteNumber("waited", Schedule.Waited);
        json.WriteEndObject();
    }

    private static ScheduleState ReadSchedule(JsonElement json)
    {
        if (json.Find(ScheduleKey) is not { } schedule)
            return ScheduleState.Initial;
        var state = new ScheduleState(
            schedule.Get("factor").GetDouble(), schedule.Find("best-loss")?.GetDouble(), schedule.Get("waited").GetInt32());
        return (state.Factor, state.Waited) is (>= 0 and <= 1, >= 0) && double.IsFinite(state.BestLoss ?? 0)
            ? state
            : throw new FormatException(
                $"a schedule cannot have the factor {state.Factor}, the best loss {state.BestLoss} and {state.Waited} epochs of waiting");
    }
}
