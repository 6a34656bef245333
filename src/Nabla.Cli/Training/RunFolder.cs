namespace Nabla.Cli;

/// <summary>
/// The folder of a training run, beside its model: <c>model.run</c> for <c>model.safetensors</c>. It holds the receipt and, while the run
/// is not complete, checkpoints.
/// </summary>
/// <param name="Path">The folder; it may not exist.</param>
/// <param name="ModelPath">The model that the run saves.</param>
internal sealed record RunFolder(string Path, string ModelPath)
{
    private const string Extension = ".run", ModelExtension = ".safetensors", SetAside = ".old";

    /// <summary>The receipt.</summary>
    public string ReceiptPath => System.IO.Path.Combine(Path, "run.json");

    /// <summary>The folder for a model.</summary>
    public static RunFolder For(string modelPath) => new(
        (modelPath.EndsWith(ModelExtension, StringComparison.OrdinalIgnoreCase) ? modelPath[..^ModelExtension.Length] : modelPath)
            + Extension,
        modelPath);

    /// <summary>The folder that a user named, itself or by its receipt.</summary>
    /// <exception cref="UsageException">It is not the folder of a training run.</exception>
    public static RunFolder Open(string written, Terminal terminal)
    {
        string path = System.IO.Path.TrimEndingDirectorySeparator(terminal.FullPath(written));
        if (System.IO.Path.GetFileName(path) == "run.json")
            path = System.IO.Path.GetDirectoryName(path)!;
        bool isRun = path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);
        var folder = new RunFolder(path, (isRun ? path[..^Extension.Length] : path) + ModelExtension);
        if (isRun && File.Exists(folder.ReceiptPath))
            return folder;
        throw new UsageException(
            $"cannot resume {written}", "it is not the folder of a training run: there is no run.json in it",
            $"Use the folder beside the model, as in nabla resume model{Extension}; a run that has no folder had not saved anything yet.");
    }

    /// <summary>Whether there is something of a run that was not completed.</summary>
    public bool HoldsUnfinishedRun => Directory.Exists(Path)
        && (new CheckpointFolder(Path).Files.Count > 0 || Directory.EnumerateFileSystemEntries(Path, "member-*").Any());

    /// <summary>Moves an older run that was not completed out of the way, so that nothing of it is lost.</summary>
    /// <returns>Where it is now; null if there was none.</returns>
    /// <exception cref="IOException">It cannot be moved.</exception>
    public string? SetOldAside()
    {
        if (!HoldsUnfinishedRun)
            return null;
        if (IsComplete())
        {
            DeleteCheckpoints(); // it was killed before it could
            return null;
        }
        var old = this with { Path = Path + SetAside };
        old.Delete();
        Directory.Move(Path, old.Path);
        return old.Path;
    }

    /// <summary>Deletes the checkpoints of a run that is complete.</summary>
    /// <exception cref="IOException">A file cannot be deleted.</exception>
    public void DeleteCheckpoints()
    {
        new CheckpointFolder(Path).Delete();
        new EnsembleCheckpoints(Path, CheckpointInterval.Never).Delete();
    }

    private bool IsComplete()
    {
        try
        {
            return File.Exists(ReceiptPath) && RunReceipt.Load(ReceiptPath).Fingerprint is not null;
        }
        catch (InvalidInputException)
        {
            return false;
        }
    }

    private void Delete()
    {
        if (File.Exists(ReceiptPath))
            File.Delete(ReceiptPath);
        DeleteCheckpoints();
    }
}
