using Nabla.Onnx;

namespace Nabla.Cli;

/// <summary>The kinds of file that <c>nabla export</c> writes. Nothing else lists them.</summary>
internal static class ExportFormats
{
    public static IReadOnlyList<ExportFormat> All { get; } =
    [
        new(
            "onnx", ".onnx", "An ONNX file: inputs as they are in, labels and probabilities or values out. ONNX Runtime runs it.",
            (model, path) => model.ExportOnnx(path)),
    ];
}
