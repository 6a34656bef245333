using System.Globalization;

namespace Nabla;

/// <summary>How often a training run is saved while it runs: after a time, or after a number of epochs. Immutable.</summary>
public sealed record CheckpointInterval
{
    private const NumberStyles NumberForm = NumberStyles.AllowDecimalPoint;

    private static readonly (string Unit, double Seconds)[] TimeUnits = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)];

    private CheckpointInterval(TimeSpan? time, int? epochs) => (Time, Epochs) = (time, epochs);

    /// <summary>Never.</summary>
    public static CheckpointInterval Never { get; } = new(null, null);

    /// <summary>The time between two checkpoints, above zero; null if epochs are counted.</summary>
    public TimeSpan? Time { get; }

    /// <summary>The epochs between two checkpoints, at least 1; null if time is measured.</summary>
    public int? Epochs { get; }

    /// <summary>After each stretch of time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not above zero.</exception>
    public static CheckpointInterval Every(TimeSpan time) => time > TimeSpan.Zero
        ? new(time, null)
        : throw new ArgumentOutOfRangeException(nameof(time), time, "An interval is above zero.");

    /// <summary>After each so many epochs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public static CheckpointInterval EveryEpochs(int epochs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        return new(null, epochs);
    }

    /// <summary>Reads <c>90s</c>, <c>500ms</c>, <c>5m</c>, <c>1h</c>, <c>1epoch</c>, <c>5epochs</c> or <c>none</c>.</summary>
    /// <returns>False if the text is none of these.</returns>
    public static bool TryParse(string text, out CheckpointInterval interval)
    {
        interval = Never;
        if (text == "none")
            return true;
        string unit = text.TrimStart([.. "0123456789."]);
        string number = text[..^unit.Length];
        if (unit is "epoch" or "epochs")
        {
            if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int epochs) || epochs < 1)
                return false;
            interval = EveryEpochs(epochs);
            return true;
        }
        double seconds = TimeUnits.FirstOrDefault(known => known.Unit == unit).Seconds;
        if (!double.TryParse(number, NumberForm, CultureInfo.InvariantCulture, out double count)
            || count * seconds is not (>= 0.001 and <= 1e6))
            return false;
        interval = Every(TimeSpan.FromSeconds(count * seconds));
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Time is { } time
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds}s")
        : Epochs is { } epochs ? $"{epochs}{(epochs == 1 ? "epoch" : "epochs")}" : "none";
}
