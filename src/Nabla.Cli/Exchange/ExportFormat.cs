namespace Nabla.Cli;

/// <summary>A kind of file that <c>nabla export</c> writes.</summary>
/// <param name="Name">The name of the option, without dashes: <c>onnx</c>.</param>
/// <param name="Extension">The extension of such files: <c>.onnx</c>.</param>
/// <param name="Description">What is written, for the help.</param>
/// <param name="Write">
/// Writes a model to a full path, and throws <see cref="InvalidInputException"/> for a model that has no such form.
/// </param>
internal sealed record ExportFormat(string Name, string Extension, string Description, Action<Model, string> Write)
{
    /// <summary>What a user of the file needs to know, and the file does not hold: a sentence each.</summary>
    public Func<Model, IEnumerable<string>> Notices { get; init; } = _ => [];
}
