namespace Nabla.Cli;

/// <summary>
/// What a training run writes: after each epoch a checkpoint, of which two are kept, and the model, always to the same file.
/// </summary>
internal sealed class RecordedSaves
{
    private const int Epochs = 6;
    private const string ModelName = "model.safetensors";

    private readonly string folder;
    private readonly List<(int Operations, string File, int Version)> saved = [];
    private readonly Dictionary<string, List<byte[]>> versions = new(StringComparer.Ordinal);

    private RecordedSaves(string folder, IReadOnlyList<DiskOperation> operations)
    {
        this.folder = folder;
        Operations = operations;
    }

    /// <summary>The operations, in order.</summary>
    public IReadOnlyList<DiskOperation> Operations { get; }

    /// <summary>Trains and saves in an empty folder, and records it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="seed">The seed of the training run.</param>
    /// <param name="wrap">Makes of the output that records the one that saves; null for that itself.</param>
    public static RecordedSaves Record(string folder, ulong seed, Func<IFileOutput, IFileOutput>? wrap = null)
    {
        var recording = new RecordingOutput(folder);
        var saves = new RecordedSaves(folder, recording.Operations);
        var output = wrap?.Invoke(recording) ?? recording;
        var training = BeginTraining(seed);
        var checkpoints = new CheckpointFolder(Path.Combine(folder, "model.run"), keep: 2, output);
        string model = Path.Combine(folder, ModelName);
        foreach (var _ in training.Epochs())
        {
            if (!training.IsComplete)
                saves.Add(checkpoints.Save(training));
            AtomicFile.Write(model, training.Model.Save, output);
            saves.Add(model);
        }
        return saves;
    }

    /// <summary>A training run of some epochs, whose optimizer has a state.</summary>
    public static Training BeginTraining(ulong seed) => new Training<Classifier>(
        SampleData.Numbers(60, 12, classes: 3), new TrainingOptions { Hidden = [24], Epochs = Epochs, BatchSize = 20, Seed = seed });

    /// <summary>Looks for what a power cut must not do.</summary>
    /// <param name="done">How many operations had been done when the power was cut.</param>
    /// <param name="files">What is on the disk, by name.</param>
    /// <returns>What is wrong; null if nothing is.</returns>
    public string? FindLoss(int done, Dictionary<string, byte[]> files)
    {
        foreach (var (file, content) in files)
        {
            if (versions.TryGetValue(file, out var complete) && VersionOf(content, complete) < 0)
                return $"{file} is damaged";
        }
        // Every save that had returned must be there, or what replaced it.
        foreach (var save in saved.Where(save => save.Operations <= done).GroupBy(save => save.File == ModelName))
        {
            var (_, file, version) = save.Last();
            if (!files.TryGetValue(file, out byte[]? content))
                return $"{file} is missing";
            if (VersionOf(content, versions[file]) < version)
                return $"{file} is an older one";
        }
        return null;
    }

    private static int VersionOf(byte[] content, List<byte[]> complete) =>
        complete.FindLastIndex(version => content.AsSpan().SequenceEqual(version));

    private void Add(string path)
    {
        Model.Load(path); // what is complete can be read
        string file = Path.GetRelativePath(folder, path);
        if (!versions.TryGetValue(file, out var complete))
            versions[file] = complete = [];
        complete.Add(File.ReadAllBytes(path));
        saved.Add((Operations.Count, file, complete.Count - 1));
    }
}
