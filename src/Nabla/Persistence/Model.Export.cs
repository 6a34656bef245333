using System.Text;

namespace Nabla;

public abstract partial class Model
{
    /// <summary>
    /// Writes the model as one C# file that needs no package and predicts with the same bits: a static class with a method Predict for
    /// features as they are.
    /// </summary>
    /// <param name="path">An existing file is replaced only after the new one has been written to the disk.</param>
    /// <param name="className">The name of the class; null for one made of the file's name.</param>
    /// <exception cref="ArgumentException">The name is not one of a class: a letter, then letters and digits.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Writing to the folder is not permitted.</exception>
    public void ExportCSharp(string path, string? className = null)
    {
        className ??= ProgramText.Identifier(Path.GetFileNameWithoutExtension(path));
        if (ProgramText.Identifier(className) != className)
        {
            throw new ArgumentException(
                $"{className} is not a name of a class: give a capital letter, then letters and digits.", nameof(className));
        }
        WriteText(path, CSharpExport.Write(this, className));
    }

    /// <summary>
    /// Writes the model as one Python file that needs NumPy alone: predict(examples) takes features as they are. Outputs differ from the
    /// model's by rounding.
    /// </summary>
    /// <param name="path">An existing file is replaced only after the new one has been written to the disk.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Writing to the folder is not permitted.</exception>
    public void ExportPython(string path) => WriteText(path, PythonExport.Write(this));

    private static void WriteText(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
