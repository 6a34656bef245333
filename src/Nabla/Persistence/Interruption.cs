using System.Text.Json;

namespace Nabla;

/// <summary>Where a training was interrupted, and what it needs to go on.</summary>
/// <param name="Position">How far it had come.</param>
/// <param name="TrainingExamples">Examples that it learns from: with another number batches, and so the optimizer's steps, would be others.</param>
internal sealed record Interruption(TrainingPosition Position, int TrainingExamples)
{
    /// <summary>Writes it as one object.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("epoch", Position.Epoch);
        json.WriteNumber("batch", Position.Batch);
        json.WriteNumber("examples", Position.Examples);
        json.WriteNumber("loss-sum", Position.LossSum);
        json.WriteNumber("training-examples", TrainingExamples);
        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">A value is missing or makes no sense.</exception>
    public static Interruption Read(JsonElement json)
    {
        var position = new TrainingPosition(
            json.Get("epoch").GetInt32(), json.Get("batch").GetInt32(), json.Get("examples").GetInt32(), json.Get("loss-sum").GetDouble());
        return position is { Epoch: >= 0, Batch: >= 0, Examples: >= 0 } && double.IsFinite(position.LossSum)
            ? new Interruption(position, json.Get("training-examples").GetInt32())
            : throw new FormatException($"a training cannot have come to {position}");
    }

    /// <summary>Whether a training with these options, on data of this size, can have stopped here.</summary>
    /// <param name="options">Its options.</param>
    /// <param name="batchCount">Batches in one of its epochs.</param>
    public bool IsPossible(TrainingOptions options, int batchCount) =>
        Position.Epoch < options.Epochs && Position.Batch <= batchCount
        && Position.Examples == Math.Min((long)Position.Batch * options.BatchSize, TrainingExamples);
}
