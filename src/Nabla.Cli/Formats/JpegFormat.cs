using Nabla.Images;

namespace Nabla.Cli;

/// <summary>JPEG images.</summary>
internal sealed class JpegFormat() : ImageFormat("jpeg", "a JPEG image", (file, name) => JpegStructure.Check(file, name));
