using Nabla.Images;

namespace Nabla.Cli;

/// <summary>PNG images.</summary>
internal sealed class PngFormat() : ImageFormat("png", "a PNG image", (file, name) => PngStructure.Check(file, name));
