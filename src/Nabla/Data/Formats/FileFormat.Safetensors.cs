using System.Buffers.Binary;

namespace Nabla;

public sealed partial class FileFormat
{
    /// <summary>A safetensors file: the length of a JSON header in eight bytes, then the header. Nabla's models are such files.</summary>
    private static FileFormat Safetensors { get; } = new(
        "safetensors", "a safetensors file", [".safetensors"],
        start => start.Length > 9 && start[8] == '{' && BinaryPrimitives.ReadUInt64LittleEndian(start) is >= 2 and < 1UL << 32);
}
