namespace Nabla;

public abstract partial class Model
{
    /// <summary>Saves the model as a safetensors file, with preprocessing, output names and options in it.</summary>
    /// <param name="path">An existing file is replaced only when the new one is on the disk.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder does not allow it.</exception>
    public void Save(string path) => ModelFile.Save(this, unfinished: null, path);

    /// <summary>Loads a model file of any task.</summary>
    /// <param name="path">A model file.</param>
    /// <exception cref="InvalidInputException">The file is not a model, or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Model Load(string path) => ModelFile.Load(path);
}

public sealed partial class Classifier
{
    /// <summary>Loads a classifier that <see cref="Model.Save"/> wrote.</summary>
    /// <param name="path">A model file.</param>
    /// <exception cref="InvalidInputException">The file is not a classifier, or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static new Classifier Load(string path) => ModelFile.Load<Classifier>(path);
}

public sealed partial class Regressor
{
    /// <summary>Loads a regressor that <see cref="Model.Save"/> wrote.</summary>
    /// <param name="path">A model file.</param>
    /// <exception cref="InvalidInputException">The file is not a regressor, or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static new Regressor Load(string path) => ModelFile.Load<Regressor>(path);
}

public abstract partial class Training
{
    /// <summary>Saves the model as it stands. Unless training is complete, the file also holds what <see cref="Resume"/> needs.</summary>
    /// <param name="path">An existing file is replaced only when the new one is on the disk.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder does not allow it.</exception>
    /// <exception cref="InvalidOperationException">Another thread trains an epoch.</exception>
    public void Save(string path)
    {
        using var _ = loop.Use.Enter();
        var unfinished =
            IsComplete || Optimizer is null ? null : new UnfinishedTraining(Position, Schedule, TrainingData.Digest, Optimizer.State);
        ModelFile.Save(Model, unfinished, path);
    }

    /// <summary>
    /// Resumes a training run of any model that was saved before its end; the result has the bits of one that was never interrupted.
    /// </summary>
    /// <param name="path">What <see cref="Save"/> wrote.</param>
    /// <param name="train">The same training data as before.</param>
    /// <param name="validation">Data to measure the model on after each epoch, or null.</param>
    /// <exception cref="InvalidInputException">The file is not an interrupted training run, is damaged, or the data are others.</exception>
    public static Training Resume(string path, Dataset train, Dataset? validation = null) => ModelFile.Resume(path, train, validation);
}

public sealed partial class Training<TModel>
{
    /// <summary>Resumes a training run that was saved before its end; the result has the bits of one that was never interrupted.</summary>
    /// <param name="path">What <see cref="Training.Save"/> wrote.</param>
    /// <param name="train">The same training data as before.</param>
    /// <param name="validation">Data to measure the model on after each epoch, or null.</param>
    /// <exception cref="InvalidInputException">
    /// The file is not an interrupted training run of this kind of model, is damaged, or the data are others.
    /// </exception>
#pragma warning disable CA1000 // Training<Classifier>.Resume says what is resumed
    public static new Training<TModel> Resume(string path, Dataset train, Dataset? validation = null) =>
        ModelFile.Resume<TModel>(path, train, validation);
#pragma warning restore CA1000
}
