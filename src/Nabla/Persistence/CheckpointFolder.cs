using System.Globalization;

namespace Nabla;

/// <summary>
/// A folder with the checkpoints of one training run: complete files from which it can be resumed, each with a checksum. The last ones are
/// kept, and the one with the lowest validation loss, which is that of the last epoch before it.
/// </summary>
/// <remarks>
/// A checkpoint is written to a temporary file, flushed to the disk, and renamed; older ones are deleted only after that. Whenever the
/// process or the machine stops, there is at least one complete checkpoint. For one thread at a time.
/// </remarks>
/// <param name="path">The folder; created when the first checkpoint is saved.</param>
/// <param name="keep">How many of the last checkpoints are kept, at least 1.</param>
/// <param name="output">Writes and deletes files; null for the system.</param>
public sealed class CheckpointFolder(string path, int keep = 2, IFileOutput? output = null)
{
    private const string Prefix = "checkpoint-", Extension = ".safetensors";

    private readonly int keep = keep >= 1 ? keep : throw new ArgumentOutOfRangeException(nameof(keep), keep, "At least one is kept.");
    private readonly IFileOutput output = output ?? SystemFileOutput.Instance;
    private readonly Dictionary<string, double?> losses = new(StringComparer.Ordinal); // of validation, by file; null if damaged

    /// <summary>The folder.</summary>
    public string Path { get; } = path;

    /// <summary>The checkpoints, the newest first.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public IReadOnlyList<string> Files => !Directory.Exists(Path) ? [] :
    [
        .. from file in Directory.EnumerateFiles(Path, $"{Prefix}*{Extension}")
        let position = PositionOf(file)
        where position is not null
        orderby position descending
        select file,
    ];

    /// <summary>Saves a checkpoint, and deletes those that are no longer kept.</summary>
    /// <returns>The file.</returns>
    /// <exception cref="InvalidOperationException">
    /// The training run is complete, or cannot be resumed; or another thread trains.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written. Older checkpoints remain.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be created.</exception>
    public string Save(Training training)
    {
        if (training.IsComplete || !training.CanBeResumed)
            throw new InvalidOperationException("A training run that is complete, or cannot be resumed, has no checkpoints.");
        AtomicFile.CreateFolder(Path, output);
        string file = System.IO.Path.Combine(Path, NameOf(training.Position));
        training.Save(file, output);
        losses[file] = LossOf(training.Model.History);
        DeleteOld(file);
        return file;
    }

    /// <summary>Resumes the training run from the newest checkpoint that is not damaged.</summary>
    /// <param name="train">The same training data as before.</param>
    /// <param name="validation">The same validation data as before; null if there were none.</param>
    /// <param name="threads">The most threads to use; 0 for one per processor. Changes the time, never the result.</param>
    /// <param name="onDamaged">Called for each checkpoint that is damaged, from the newest on.</param>
    /// <returns>Null if there is no checkpoint.</returns>
    /// <exception cref="InvalidInputException">The data differ; or there are checkpoints, and all are damaged.</exception>
    public Training? Resume(Dataset train, Dataset? validation = null, int threads = 0, Action<InvalidInputException>? onDamaged = null) =>
        FindNewest(onDamaged) is { } file ? Training.Resume(file, train, validation, threads) : null;

    /// <summary>The newest checkpoint that is not damaged; null if there is none at all.</summary>
    /// <param name="onDamaged">Called for each checkpoint that is damaged, from the newest on.</param>
    /// <exception cref="InvalidInputException">There are checkpoints, and all are damaged.</exception>
    public string? FindNewest(Action<InvalidInputException>? onDamaged = null)
    {
        InvalidInputException? damage = null;
        foreach (string file in Files)
        {
            try
            {
                ReadLoss(file);
                return file;
            }
            catch (Exception e) when (e is InvalidInputException or IOException or UnauthorizedAccessException)
            {
                damage = e as InvalidInputException
                    ?? new InvalidInputException($"cannot read {file}", "the file", e.Message, "Check its rights, or move it away.", e);
                onDamaged?.Invoke(damage);
            }
        }
        return damage is null ? null : throw damage;
    }

    /// <summary>Deletes all checkpoints, what a killed process left, and the folder if nothing else is in it.</summary>
    /// <exception cref="IOException">A file cannot be deleted.</exception>
    public void Delete()
    {
        if (Directory.Exists(Path))
            AbandonedFiles.Remove(Path, output);
        foreach (string file in Files)
            output.Delete(file);
        losses.Clear();
        if (Directory.Exists(Path) && !Directory.EnumerateFileSystemEntries(Path).Any())
            Directory.Delete(Path);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Files.Count} checkpoints";

    private static string NameOf(TrainingPosition position) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{position.Epoch:D6}-{position.Batch:D8}{Extension}");

    private static (int Epoch, int Batch)? PositionOf(string file)
    {
        string[] parts = System.IO.Path.GetFileNameWithoutExtension(file)[Prefix.Length..].Split('-');
        return parts.Length == 2 && Number(parts[0]) is { } epoch && Number(parts[1]) is { } batch ? (epoch, batch) : null;
    }

    private static int? Number(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static double LossOf(TrainingHistory history) =>
        history.Epochs.Count > 0 && history.Epochs[^1].ValidationLoss is { } loss && !double.IsNaN(loss) ? loss : double.PositiveInfinity;

    /// <summary>Notes the validation loss of the last epoch in a checkpoint. One that cannot be read has no note.</summary>
    /// <exception cref="InvalidInputException">The checkpoint is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be read.</exception>
    private void ReadLoss(string file)
    {
        losses.Remove(file);
        try
        {
            var (model, position) = ModelFile.LoadCheckpoint(file);
            losses[file] = PositionOf(file)!.Value == (position.Epoch, position.Batch) // never null in Files
                ? LossOf(model.History)
                : throw new InvalidInputException(
                    $"cannot use {file}", "its name", $"the checkpoint in it is {NameOf(position)}", "Give it the name that it had.");
        }
        catch (InvalidInputException)
        {
            losses[file] = null;
            throw;
        }
    }

    /// <summary>Deletes checkpoints that are damaged, and those that are neither among the last ones nor the best.</summary>
    private void DeleteOld(string saved)
    {
        string[] whole = [.. Files.Where(file => file == saved || IsWhole(file))];
        var kept = whole.Take(keep).Append(saved).ToHashSet(StringComparer.Ordinal);
        // Of several equal ones the first: an epoch had just ended.
        if (whole.Reverse<string>().Where(file => losses[file] < double.PositiveInfinity).MinBy(file => losses[file]) is { } best)
            kept.Add(best);
        foreach (string file in Files)
        {
            if (kept.Contains(file) || !losses.ContainsKey(file))
                continue;
            output.Delete(file);
            losses.Remove(file);
        }
    }

    /// <summary>Whether a checkpoint, perhaps of an earlier process, can be read.</summary>
    private bool IsWhole(string file)
    {
        try
        {
            if (!losses.ContainsKey(file))
                ReadLoss(file);
        }
        catch (Exception e) when (e is InvalidInputException or IOException or UnauthorizedAccessException)
        {
            // If it is damaged, ReadLoss has noted it.
        }
        return losses.GetValueOrDefault(file) is not null;
    }
}
