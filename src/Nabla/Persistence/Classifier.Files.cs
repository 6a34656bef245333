namespace Nabla;

public sealed partial class Classifier
{
    /// <summary>Saves the model as a safetensors file, with preprocessing, class names and options in it.</summary>
    /// <param name="path">An existing file is replaced only when the new one is on the disk.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder does not allow it.</exception>
    public void Save(string path) => ModelFile.Save(this, unfinished: null, path);

    /// <summary>Loads what <see cref="Save"/> wrote.</summary>
    /// <param name="path">A model file.</param>
    /// <exception cref="InvalidInputException">The file is no model, or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Classifier Load(string path) => ModelFile.Load(path);
}
