namespace Nabla.Cli;

/// <summary>A kind of file that <c>nabla import</c> reads.</summary>
/// <param name="Extension">The extension of such files, by which the kind is chosen: <c>.onnx</c>.</param>
/// <param name="Noun">Name of such a file in messages: <c>an ONNX file (.onnx)</c>.</param>
/// <param name="Read">Reads an existing file, and throws <see cref="InvalidInputException"/> for one that holds no such network.</param>
internal sealed record ImportFormat(string Extension, string Noun, Func<NamedFile, ImportSettings, Model> Read)
{
    /// <summary>What was assumed of a network, because the file does not say so: a sentence each.</summary>
    public Func<Model, IEnumerable<string>> Notices { get; init; } = _ => [];
}
