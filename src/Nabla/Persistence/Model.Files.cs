namespace Nabla;

public abstract partial class Model
{
    /// <summary>
    /// Whether a file has room for the history: that of an ensemble is left out if it has more than 2^24 characters as JSON, those of about
    /// a hundred members of a thousand epochs each.
    /// </summary>
    public bool FitsHistory => HistoryMetadata.ToText(this) is not null;

    /// <summary>Saves the model as a safetensors file, including preprocessing, output names and options.</summary>
    /// <param name="path">An existing file is replaced only after the new one has been written to the disk.</param>
    /// <exception cref="FileOutputException">The file cannot be written.</exception>
    public void Save(string path) => ModelFile.Save(this, unfinished: null, path);

    /// <summary>Writes the model to a stream, with the bytes of a file that <see cref="Save(string)"/> writes.</summary>
    /// <param name="stream">Written to from its current position; neither flushed nor closed.</param>
    /// <exception cref="IOException">The stream cannot be written to.</exception>
    public void Save(Stream stream) => ModelFile.Save(this, unfinished: null, stream);

    /// <summary>Loads a model of any task.</summary>
    /// <param name="path">A model file.</param>
    /// <exception cref="InvalidInputException">The file is not a model, or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Model Load(string path) => ModelFile.Load(path);

    /// <summary>Loads a model of any task from a stream, such as an entry of an archive.</summary>
    /// <param name="stream">
    /// The bytes of a model file of less than 2 GiB, from the current position to the end; it need not be able to seek, and is not closed.
    /// </param>
    /// <param name="name">What messages call the stream, for example the name of the archive and the entry.</param>
    /// <exception cref="InvalidInputException">The stream is not a model, or is damaged.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static Model Load(Stream stream, string name = "the stream") => ModelFile.Load(stream, name);
}

public sealed partial class Classifier
{
    /// <summary>Loads a classifier that <see cref="Model.Save(string)"/> wrote.</summary>
    /// <param name="path">A model file.</param>
    /// <exception cref="InvalidInputException">The file is not a classifier, or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static new Classifier Load(string path) => ModelFile.Load<Classifier>(path);
}

public sealed partial class Regressor
{
    /// <summary>Loads a regressor that <see cref="Model.Save(string)"/> wrote.</summary>
    /// <param name="path">A model file.</param>
    /// <exception cref="InvalidInputException">The file is not a regressor, or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static new Regressor Load(string path) => ModelFile.Load<Regressor>(path);
}

public abstract partial class Training
{
    private DataDigest? dataDigest; // computed once: data do not change

    /// <summary>Saves the model in its current state. If training is not complete, <see cref="Resume"/> can continue it.</summary>
    /// <param name="path">An existing file is replaced only after the new one has been written to the disk.</param>
    /// <param name="output">Writes the bytes; null for the system.</param>
    /// <exception cref="FileOutputException">The file cannot be written.</exception>
    /// <exception cref="InvalidOperationException">
    /// Another thread is training an epoch; or several ranks are in the middle of one, without <see cref="ShareState"/>.
    /// </exception>
    public void Save(string path, IFileOutput? output = null)
    {
        using var _ = loop.Use.Enter();
        ModelFile.Save(Model, Unfinished(), path, output);
    }

    /// <summary>Writes the bytes of the file to a stream.</summary>
    internal void WriteTo(Stream stream)
    {
        using var _ = loop.Use.Enter();
        ModelFile.Save(Model, Unfinished(), stream);
    }

    /// <summary>
    /// Resumes an interrupted training run of any model. The result has the same bits as that of an uninterrupted run.
    /// </summary>
    /// <param name="path">A file that <see cref="Save"/> wrote.</param>
    /// <param name="train">The same training data as before.</param>
    /// <param name="validation">Data on which the model is measured after each epoch, or null.</param>
    /// <param name="threads">The most threads to use; 0 for one per processor. Changes the time, never the result.</param>
    /// <param name="ranks">The ranks that share each step, perhaps others than before; null for this process alone.</param>
    /// <exception cref="InvalidInputException">The file is not an interrupted training run or is damaged, or the data differ.</exception>
    public static Training Resume(
        string path, Dataset train, Dataset? validation = null, int threads = 0, ICommunicator? ranks = null) =>
        ModelFile.Resume(path, train, validation, threads, ranks);

    private UnfinishedTraining? Unfinished()
    {
        if (IsComplete || Optimizer is null)
            return null;
        if (!HasWholeState)
            throw new InvalidOperationException("In the middle of an epoch, all ranks must call ShareState before one of them saves.");
        return new UnfinishedTraining(
            Position, Schedule, dataDigest ??= DataDigest.Of(TrainingData), ValidationDigest, Best, MeasuredStep, Optimizer.State);
    }
}

public sealed partial class Training<TModel>
{
    /// <summary>Resumes an interrupted training run. The result has the same bits as that of an uninterrupted run.</summary>
    /// <param name="path">A file that <see cref="Training.Save"/> wrote.</param>
    /// <param name="train">The same training data as before.</param>
    /// <param name="validation">Data on which the model is measured after each epoch, or null.</param>
    /// <param name="threads">The most threads to use; 0 for one per processor. Changes the time, never the result.</param>
    /// <param name="ranks">The ranks that share each step, perhaps others than before; null for this process alone.</param>
    /// <exception cref="InvalidInputException">
    /// The file is not an interrupted training run of this type of model or is damaged, or the data differ.
    /// </exception>
#pragma warning disable CA1000 // Training<Classifier>.Resume says what is resumed
    public static new Training<TModel> Resume(
        string path, Dataset train, Dataset? validation = null, int threads = 0, ICommunicator? ranks = null) =>
        ModelFile.Resume<TModel>(path, train, validation, threads, ranks);
#pragma warning restore CA1000
}
