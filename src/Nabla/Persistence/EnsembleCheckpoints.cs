using System.Collections.Concurrent;
using System.Globalization;

namespace Nabla;

/// <summary>
/// Keeps the members of an ensemble in a folder while it is trained: those that are done, and checkpoints of the others. The training
/// continues if a new <see cref="EnsembleTraining"/> with the same data and options is given the same folder.
/// </summary>
/// <remarks>Safe for concurrent use, for different members.</remarks>
/// <param name="path">The folder; created when something is saved.</param>
/// <param name="interval">How often checkpoints are saved.</param>
/// <param name="keep">How many of the last checkpoints of a member are kept, at least 1.</param>
/// <param name="clock">Measures the time; null for the system's.</param>
/// <param name="onError">Called with the error if something cannot be written; training goes on.</param>
/// <param name="onDamaged">Called for each file that is damaged; an older one is used, or the member is trained anew.</param>
/// <param name="output">Writes and deletes files; null for the system.</param>
public sealed class EnsembleCheckpoints(
    string path, CheckpointInterval interval, int keep = 2, TimeProvider? clock = null, Action<Exception>? onError = null,
    Action<InvalidInputException>? onDamaged = null, IFileOutput? output = null) : IMemberStore
{
    private const string Prefix = "member-", Extension = ".safetensors", DataNote = "member-data";

    private readonly IFileOutput output = output ?? SystemFileOutput.Instance;
    private readonly ConcurrentDictionary<int, CheckpointFolder> folders = new();
    private readonly ConcurrentDictionary<int, CheckpointWriter> writers = new();

    /// <summary>Called before something is saved; it may write what belongs to it. Called by several threads.</summary>
    public Action? BeforeSaving { get; set; }

    /// <summary>Whether there is something of a member in the folder.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public bool HasMembers => Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path, $"{Prefix}*").Any();

    /// <summary>Whether the file of a member that is done is there. It may be damaged.</summary>
    /// <param name="member">Counted from 0.</param>
    public bool IsTrained(int member) => File.Exists(FileOf(member));

    /// <inheritdoc/>
    public Model? FindTrained(int member, TrainingOptions options, Dataset train, Dataset fold)
    {
        string file = FileOf(member);
        if (!IsTrained(member))
            return null;
        Model model;
        try
        {
            model = ModelFile.LoadWithChecksum(file);
        }
        catch (InvalidInputException e)
        {
            onDamaged?.Invoke(e);
            return null;
        }
        RequireSameOptions(file, model.Options, options);
        if (!model.Notes.TryGetValue(DataNote, out string? data) || data != NoteOf(train, fold))
        {
            throw new InvalidInputException(
                $"cannot resume {file}", $"the {train.Count + fold.Count} training examples of {train.Name}",
                "they are not those with which the member was trained", "Use the same training data as before.");
        }
        model.Notes.Remove(DataNote);
        return model;
    }

    /// <inheritdoc/>
    public Training? FindUnfinished(int member, TrainingOptions options, Dataset train, Dataset fold)
    {
        string? checkpoint;
        try
        {
            checkpoint = FolderOf(member).FindNewest(onDamaged);
        }
        catch (InvalidInputException)
        {
            return null; // all are damaged, as onDamaged was told
        }
        if (checkpoint is null)
            return null;
        var training = Training.Resume(checkpoint, train, fold, options.Threads);
        RequireSameOptions(checkpoint, training.Model.Options, options);
        return training;
    }

    /// <inheritdoc/>
    public void AfterBatch(int member, Training training) => WriterOf(member).AfterBatch(training);

    /// <inheritdoc/>
    public void AfterEpoch(int member, Training training) => WriterOf(member).AfterEpoch(training);

    /// <inheritdoc/>
    public void Interrupted(int member, Training training) => WriterOf(member).Save(training);

    /// <inheritdoc/>
    /// <remarks>The file of a member that is done replaces its checkpoints.</remarks>
    public void Trained(int member, Model model, Dataset train, Dataset fold)
    {
        try
        {
            BeforeSaving?.Invoke();
            AtomicFile.CreateFolder(path, output);
            model.Notes[DataNote] = NoteOf(train, fold);
            ModelFile.SaveWithChecksum(model, FileOf(member), output);
            FolderOf(member).Delete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OutOfMemoryException)
        {
            onError?.Invoke(e);
        }
        finally
        {
            model.Notes.Remove(DataNote);
        }
    }

    /// <summary>Deletes everything, also what a killed process left, and the folder if nothing else is in it.</summary>
    /// <exception cref="IOException">A file cannot be deleted.</exception>
    public void Delete()
    {
        if (!Directory.Exists(path))
            return;
        AbandonedFiles.Remove(path, output);
        foreach (string file in Directory.GetFiles(path, $"{Prefix}*{Extension}"))
            output.Delete(file);
        foreach (string folder in Directory.GetDirectories(path, $"{Prefix}*"))
            new CheckpointFolder(folder, keep, output).Delete();
        if (!Directory.EnumerateFileSystemEntries(path).Any())
            Directory.Delete(path);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{path}, every {interval}";

    private static void RequireSameOptions(string file, TrainingOptions before, TrainingOptions now)
    {
        if (OptionsJson.Difference(before, now) is { } difference)
        {
            throw new InvalidInputException(
                $"cannot resume {file}", "its training options", $"they are not those of this run: {difference}",
                "Use the same options as before, or another folder.");
        }
    }

    private static string NoteOf(Dataset train, Dataset fold) => $"{train.Fingerprint} {fold.Fingerprint}";

    private string FileOf(int member) => Path.Combine(path, NameOf(member) + Extension);

    private CheckpointFolder FolderOf(int member) =>
        folders.GetOrAdd(member, _ => new CheckpointFolder(Path.Combine(path, NameOf(member)), keep, output));

    private static string NameOf(int member) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{member:D4}");

    private CheckpointWriter WriterOf(int member) => writers.GetOrAdd(
        member, _ => new CheckpointWriter(FolderOf(member), interval, clock, onError)
        {
            BeforeSaving = () =>
            {
                BeforeSaving?.Invoke();
                AtomicFile.CreateFolder(path, output);
            },
        });
}
