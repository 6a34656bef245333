namespace Nabla.Onnx;

/// <summary>The file that is imported, for messages.</summary>
/// <param name="Path">Its path.</param>
internal sealed record ImportedFile(string Path)
{
    private const string WhatCanBe =
        "Import chains of Gemm or MatMul and Add with known activations, as scikit-learn's and PyTorch's perceptrons are exported "
        + "(docs/onnx.md).";

    /// <summary>The file cannot be imported because of a node.</summary>
    public InvalidInputException Refuse(OnnxNode node, string why, string? remedy = null) => Refuse(node.ToString(), why, remedy);

    /// <summary>The file cannot be imported.</summary>
    /// <param name="where">The place in it.</param>
    /// <param name="why">The reason.</param>
    /// <param name="remedy">What to do; null for what can be imported.</param>
    public InvalidInputException Refuse(string where, string why, string? remedy = null) =>
        new($"cannot import {Path}", where, why, remedy ?? WhatCanBe);
}
