namespace Nabla;

/// <summary>Saves checkpoints of a training run at intervals. A checkpoint that cannot be written does not stop the training.</summary>
/// <remarks>For one training run, on the thread that trains.</remarks>
/// <param name="folder">Where they are saved.</param>
/// <param name="interval">How often.</param>
/// <param name="clock">Measures the time; null for the system's.</param>
/// <param name="onError">Called with the error if a checkpoint cannot be written; it is tried again after the next interval.</param>
public sealed class CheckpointWriter(
    CheckpointFolder folder, CheckpointInterval interval, TimeProvider? clock = null, Action<Exception>? onError = null)
{
    private readonly TimeProvider clock = clock ?? TimeProvider.System;
    private readonly long start = (clock ?? TimeProvider.System).GetTimestamp();
    private TimeSpan due = interval.Time ?? TimeSpan.MaxValue;

    /// <summary>Called before a checkpoint is saved; it may write what belongs to it.</summary>
    public Action? BeforeSaving { get; set; }

    /// <summary>Whether the time for a checkpoint has come.</summary>
    public bool IsDue => clock.GetElapsedTime(start) >= due;

    /// <summary>Saves a checkpoint if the time for it has come. Call it after each batch.</summary>
    /// <remarks>With several ranks, call it only if <see cref="IsDue"/>, after <see cref="Training.ShareState"/>.</remarks>
    public void AfterBatch(Training training)
    {
        if (IsDue && Save(training))
            due = clock.GetElapsedTime(start) + interval.Time!.Value;
    }

    /// <summary>Saves a checkpoint if the epoch for it has come. Call it after each epoch.</summary>
    public void AfterEpoch(Training training)
    {
        if (interval.Epochs is { } epochs && training.Position.Epoch % epochs == 0)
            Save(training);
    }

    /// <inheritdoc/>
    public override string ToString() => $"every {interval}: {folder}";

    /// <summary>Saves a checkpoint now, unless the training run is complete or cannot be resumed.</summary>
    /// <returns>Whether one was saved, or could not be written.</returns>
    public bool Save(Training training)
    {
        if (training.IsComplete || !training.CanBeResumed)
            return false;
        try
        {
            BeforeSaving?.Invoke();
            folder.Save(training);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OutOfMemoryException)
        {
            onError?.Invoke(e);
        }
        return true;
    }
}
