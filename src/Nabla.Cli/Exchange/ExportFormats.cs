using Nabla.Onnx;
using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>The kinds of file that <c>nabla export</c> writes. Nothing else lists them.</summary>
internal static class ExportFormats
{
    public static IReadOnlyList<ExportFormat> All { get; } =
    [
        new(
            "onnx", ".onnx", "An ONNX file: inputs as they are in, labels and probabilities or values out. ONNX Runtime runs it.",
            (model, path) => model.ExportOnnx(path)),
        new(
            "csharp", ".cs", "One C# file that needs no package, and predicts with the same bits.",
            (model, path) =>
            {
                if (TableModel.FindEncoding(model) is null)
                    model.ExportCSharp(path);
                else
                    new TableModel(model).ExportCSharp(path);
            }),
        new(
            "python", ".py", "One Python file that needs NumPy alone.",
            (model, path) =>
            {
                if (TableModel.FindEncoding(model) is null)
                    model.ExportPython(path);
                else
                    new TableModel(model).ExportPython(path);
            }),
        new("npz", ".npz", "The weights as scikit-learn has them: coefs_0, intercepts_0 and so on.", WeightFile.WriteNpz)
        {
            Notices = model => WeightNotices.Of(model, isNpz: true),
        },
        new(
            "pytorch", ".safetensors", "The weights as the state of a PyTorch nn.Sequential: 0.weight, 0.bias, 2.weight and so on.",
            WeightFile.WriteSafetensors)
        {
            Notices = model => WeightNotices.Of(model, isNpz: false),
        },
    ];
}
