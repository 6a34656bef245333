namespace Nabla;

public sealed partial class ClassifierTraining
{
    /// <summary>Saves the model as it stands. Unless the training is complete, the file also holds what <see cref="Resume"/> takes.</summary>
    /// <param name="path">An existing file is replaced only when the new one is on the disk.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder does not allow it.</exception>
    public void Save(string path) => ModelFile.Save(Model, IsComplete ? null : this, path);

    /// <summary>Goes on with a training that was saved before its end; the result has the bits of a training that was never interrupted.</summary>
    /// <param name="path">What <see cref="Save"/> wrote.</param>
    /// <param name="train">The same training data as before.</param>
    /// <param name="validation">Data to measure accuracy on after each epoch, or null.</param>
    /// <exception cref="InvalidInputException">The file is no interrupted training, is damaged, or the data are others.</exception>
    public static ClassifierTraining Resume(string path, Dataset train, Dataset? validation = null) => ModelFile.Resume(path, train, validation);
}
