using Nabla.Images;

namespace Nabla.Cli;

/// <summary>Uncompressed Windows bitmaps.</summary>
internal sealed class BmpFormat() : ImageFormat("bmp", "a BMP image", (file, name) => BmpStructure.Check(file, name));
