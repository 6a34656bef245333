namespace Nabla.Onnx;

/// <summary>What an ONNX file may not tell about its network. Immutable.</summary>
public sealed record OnnxImportOptions
{
    /// <summary>
    /// The names of the classes, in the order of the outputs, in place of those in the file; empty for those in the file, or 0, 1, 2, …
    /// A network without softmax then gets one, as PyTorch's networks need it that were trained with cross-entropy on their outputs.
    /// </summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>The names of the predicted values; empty for those in the file, or <c>value</c>.</summary>
    public IReadOnlyList<string> TargetNames { get; init; } = [];

    /// <summary>
    /// Whether the network predicts classes or values. By default it predicts classes if its outputs are labels, softmax or sigmoid, or if
    /// <see cref="ClassNames"/> are given.
    /// </summary>
    public TargetKind TargetKind { get; init; }
}
