namespace Nabla.Onnx;

/// <summary>Loads networks from ONNX files.</summary>
public static class OnnxModel
{
    /// <summary>
    /// Loads a perceptron that another program exported: a chain of Gemm, or MatMul and Add, with known activations. Scaling before it
    /// becomes the model's preprocessing; softmax, labels and class names after it make it a <see cref="Classifier"/>.
    /// </summary>
    /// <param name="path">An ONNX file that contains its weights.</param>
    /// <param name="options">What the file may not tell, such as names of classes.</param>
    /// <returns>A classifier or a regressor.</returns>
    /// <exception cref="InvalidInputException">
    /// It is not an ONNX file, is damaged, keeps its weights in another file, or is not such a chain; the message names the node.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Model Load(string path, OnnxImportOptions? options = null)
    {
        if (Directory.Exists(path))
            throw new InvalidInputException($"cannot read {path}", path, "it is a folder", "Use an ONNX file (.onnx).");
        if (new FileInfo(path) is { Exists: true, Length: > int.MaxValue } file)
        {
            throw new InvalidInputException(
                $"cannot read {path}", "the whole file", $"it has {file.Length} bytes, and an ONNX file has at most 2 GB",
                "Use an ONNX file that contains its weights.");
        }
        return ModelImport.Read(File.ReadAllBytes(path), path, options ?? new OnnxImportOptions());
    }
}
