namespace Nabla.Onnx;

/// <summary>Exports models to ONNX files, which other programs run.</summary>
public static class OnnxExport
{
    /// <summary>
    /// Writes a model as an ONNX file of opset 17, with <c>ai.onnx.ml</c> 3 where columns hold texts. The file contains the weights and the
    /// preprocessing: it takes raw pixels, rows or columns of a table, and gives labels and scores, or values.
    /// </summary>
    /// <remarks>
    /// Inputs and outputs: docs/onnx.md. ONNX Runtime adds in another order than Nabla, so its results differ in the last digits.
    /// </remarks>
    /// <param name="model">A classifier or a regressor; also an ensemble, whose average is part of the file.</param>
    /// <param name="path">An existing file is replaced only after the new one has been written to the disk.</param>
    /// <exception cref="InvalidInputException">
    /// The model is too large for the format, which is limited to 2 GB, or its note about a table is damaged.
    /// </exception>
    /// <exception cref="FileOutputException">The file cannot be written.</exception>
    public static void ExportOnnx(this Model model, string path)
    {
        var file = ModelExport.Create(model);
        AtomicFile.Write(path, file.WriteTo);
    }
}
