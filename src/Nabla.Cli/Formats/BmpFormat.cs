using System.Buffers.Binary;
using Nabla.Images;

namespace Nabla.Cli;

/// <summary>Uncompressed Windows bitmaps.</summary>
internal sealed class BmpFormat() : ImageFormat("bmp", "a BMP image", Check)
{
    private const int Header = 54; // bytes of the file header and the usual bitmap header
    private const string Remedy = "Save the image again, for example as PNG.";

    /// <summary>Checks that the file contains the pixels that its header claims: the decoder first allocates memory for them.</summary>
    private static PictureSize Check(byte[] file, string name)
    {
        if (file.Length < Header || BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(14)) < 40)
            throw Error(name, "its header is truncated, or of a version before Windows 3");
        long start = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(10));
        long width = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(18));
        long height = Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(22)));
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(28));
        uint compression = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(30));
        if (bits is not (1 or 4 or 8 or 16 or 24 or 32) || compression is not (0 or 3))
            throw Error(name, $"its pixels have {bits} bits with compression {compression}, which is not supported");
        if (width < 1 || height < 1 || start < Header)
            throw Error(name, $"its size is {width} x {height}, and its pixels begin at byte {start}");
        long row = (width * bits + 31) / 32 * 4;
        if (height > (file.Length - start) / row)
            throw Error(name, $"it has {file.Length} bytes, but {width} x {height} pixels need {start + row * (decimal)height}");
        var size = new PictureSize((int)width, (int)height);
        return size.WhyNot(file.Length) is { } why ? throw Error(name, why) : size;
    }

    private static InvalidInputException Error(string name, string why) => new($"cannot read {name}", "its header", why, Remedy);
}
