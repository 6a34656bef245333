namespace Nabla.Cli;

/// <summary>PNG images.</summary>
internal sealed class PngFormat() : PictureFormat("png", "a PNG image", (file, name) => PngStructure.Check(file, name));
