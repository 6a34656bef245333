using System.Text;

namespace Nabla;

public abstract partial class Model
{
    /// <summary>
    /// Writes the model as one C# file for .NET 8 or later that needs no package and predicts with the same bits: a static class with a
    /// method Predict for features as they are. A model of a table takes the features that its rows become;
    /// <c>TableModel.ExportCSharp</c> writes a program that takes rows.
    /// </summary>
    /// <param name="path">An existing file is replaced only after the new one has been written to the disk.</param>
    /// <param name="className">The name of the class; null for one made of the file's name.</param>
    /// <exception cref="ArgumentException">
    /// The name is not a capital letter, then letters and digits, or it is that of something the program uses, such as Math.
    /// </exception>
    /// <exception cref="InvalidInputException">The model has more than 33,554,432 parameters.</exception>
    /// <exception cref="FileOutputException">The file cannot be written.</exception>
    public void ExportCSharp(string path, string? className = null) => ExportCSharp(path, className, row: null);

    /// <summary>
    /// Writes the model as one Python file that needs NumPy alone: predict(examples) takes features as they are. Outputs differ from the
    /// model's by rounding. A model of a table takes the features that its rows become; <c>TableModel.ExportPython</c> writes a program
    /// that takes rows.
    /// </summary>
    /// <param name="path">An existing file is replaced only after the new one has been written to the disk.</param>
    /// <exception cref="InvalidInputException">The model has more than 33,554,432 parameters.</exception>
    /// <exception cref="FileOutputException">The file cannot be written.</exception>
    public void ExportPython(string path) => ExportPython(path, rows: null);

    /// <param name="path">The file.</param>
    /// <param name="className">The name of the class; null for one made of the file's name.</param>
    /// <param name="row">Members of the class for a row of a table; see <see cref="CSharpExport"/>.</param>
    internal void ExportCSharp(string path, string? className, string? row)
    {
        if (className is null)
        {
            className = ProgramText.Identifier(Path.GetFileNameWithoutExtension(path), "Model");
            if (CSharpRuntime.Reserved.Contains(className))
                className += "Model";
        }
        if (ProgramText.Identifier(className, "Model") != className || CSharpRuntime.Reserved.Contains(className))
        {
            throw new ArgumentException(
                $"{className} cannot be the name of the class: give a capital letter, then letters and digits, and no name that the "
                + "program uses itself.", nameof(className));
        }
        WriteText(path, CSharpExport.Write(this, className, row));
    }

    /// <param name="path">The file.</param>
    /// <param name="rows">Functions for rows of a table; see <see cref="PythonExport"/>.</param>
    internal void ExportPython(string path, string? rows) => WriteText(path, PythonExport.Write(this, rows));

    private static void WriteText(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
