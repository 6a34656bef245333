using System.Globalization;

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
    private const string ReceiptName = "run.json", HoldExtension = ".in-use";

    /// <summary>The receipt.</summary>
    public string ReceiptPath => System.IO.Path.Combine(Path, ReceiptName);

    /// <summary>The name of the model, for the receipt.</summary>
    public string ModelName => System.IO.Path.GetFileName(ModelPath);

    /// <summary>The folder for a model.</summary>
    public static RunFolder For(string modelPath) => new(
        (modelPath.EndsWith(ModelExtension, StringComparison.OrdinalIgnoreCase) ? modelPath[..^ModelExtension.Length] : modelPath)
            + Extension,
        modelPath);

    /// <summary>The folder that a user named, itself or by its receipt, and the receipt.</summary>
    /// <exception cref="UsageException">It is not the folder of a training run.</exception>
    /// <exception cref="InvalidInputException">Its receipt is damaged, or belongs to another folder.</exception>
    public static (RunFolder Folder, RunReceipt Receipt) Open(string written, Terminal terminal)
    {
        string path = System.IO.Path.TrimEndingDirectorySeparator(terminal.FullPath(written));
        if (System.IO.Path.GetFileName(path) == ReceiptName)
            path = System.IO.Path.GetDirectoryName(path)!;
        string receiptPath = System.IO.Path.Combine(path, ReceiptName);
        if (!File.Exists(receiptPath))
        {
            throw new UsageException(
                $"cannot resume {written}", $"it is not the folder of a training run: there is no {ReceiptName} in it",
                $"Use the folder beside the model, as in nabla resume model{Extension}; a run that ended before its first checkpoint "
                + "saved nothing: train again.");
        }
        var receipt = RunReceipt.Load(receiptPath);
        return (new RunFolder(path, ModelPathOf(path, receipt, receiptPath)), receipt);
    }

    /// <summary>The receipt that a user named, itself or by its folder.</summary>
    /// <param name="path">A full path.</param>
    public static string ReceiptOf(string path) => Directory.Exists(path) ? System.IO.Path.Combine(path, ReceiptName) : path;

    /// <summary>Requires that no newer run saves the model of a run that was set aside.</summary>
    /// <exception cref="UsageException">One does, and its model would be replaced.</exception>
    public void RequireNoNewerRun(Terminal terminal)
    {
        var newer = For(ModelPath);
        if (newer.Path == Path || !Directory.Exists(newer.Path) || !Directory.EnumerateFileSystemEntries(newer.Path).Any())
            return;
        string model = terminal.DisplayPath(ModelPath), folder = terminal.DisplayPath(newer.Path);
        throw new UsageException(
            $"cannot resume {terminal.DisplayPath(Path)}", $"a newer run, {folder}, saves {model}, which would be replaced",
            $"Move {model} and {folder} to another folder first.");
    }

    /// <summary>Whether there is something of a run that was not completed.</summary>
    public bool HoldsUnfinishedRun => new CheckpointFolder(Path).Files.Count > 0 || Members.HasMembers;

    /// <summary>The members of an ensemble that are in the folder.</summary>
    public EnsembleCheckpoints Members => new(Path, CheckpointInterval.Never);

    /// <summary>
    /// Holds the model until the result is disposed: no other process trains it, also not by a run that was set aside. Creates the folder.
    /// </summary>
    /// <returns>Null if another process trains it.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written.</exception>
    public FileStream? Hold()
    {
        AtomicFile.CreateFolder(Path);
        try
        {
            // Beside the folder, which can be moved meanwhile.
            return new FileStream(For(ModelPath).Path + HoldExtension, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.None, Options = FileOptions.DeleteOnClose,
            });
        }
        catch (IOException e) when (FileError.IsInUse(e))
        {
            return null;
        }
    }

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
        string old = Enumerable.Range(1, int.MaxValue).Select(AsideName).First(path => !System.IO.Path.Exists(path));
        Directory.Move(Path, old);
        return old;
    }

    /// <summary>Deletes the checkpoints of a run that is complete.</summary>
    /// <exception cref="IOException">A file cannot be deleted.</exception>
    public void DeleteCheckpoints()
    {
        new CheckpointFolder(Path).Delete();
        Members.Delete();
    }

    /// <summary>The model that a receipt names. It is beside the folder, whose name follows from it.</summary>
    private static string ModelPathOf(string path, RunReceipt receipt, string receiptPath)
    {
        string parent = System.IO.Path.GetDirectoryName(path) ?? path;
        string folder = System.IO.Path.GetFileName(path);
        if (receipt.Model is { Length: > 0 } name && System.IO.Path.GetFileName(name) == name)
        {
            var expected = For(System.IO.Path.Combine(parent, name));
            if (path == expected.Path || path.StartsWith(expected.Path + SetAside, StringComparison.Ordinal))
                return expected.ModelPath;
        }
        throw new InvalidInputException(
            $"cannot resume {folder}", System.IO.Path.GetFileName(receiptPath),
            receipt.Model is null ? "it does not name its model" : $"its model is \"{receipt.Model}\", whose folder has another name",
            "Give the folder the name that it had.");
    }

    private string AsideName(int number) =>
        Path + SetAside + (number == 1 ? "" : number.ToString(CultureInfo.InvariantCulture));

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
}
