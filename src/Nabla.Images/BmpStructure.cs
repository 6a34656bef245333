using System.Buffers.Binary;

namespace Nabla.Images;

/// <summary>
/// Checks a BMP file before it is decoded: that it contains the pixels that its header claims, for the decoder first allocates memory for
/// them.
/// </summary>
internal static class BmpStructure
{
    private const int Header = 54; // bytes of the file header and the usual bitmap header
    private const int FirstLength = 14; // where the bitmap header begins, with its length
    private const int OldestLength = 40; // of the bitmap header of Windows 3

    /// <exception cref="InvalidInputException">The file is damaged, hostile or not a BMP file that can be read.</exception>
    public static PictureSize Check(ReadOnlySpan<byte> file, string name)
    {
        if (file.Length < Header)
            throw Error(name, file.Length, $"it ends within its header of {Header} bytes");
        if (BinaryPrimitives.ReadInt32LittleEndian(file[FirstLength..]) < OldestLength)
            throw Error(name, FirstLength, "its header is of a version before Windows 3");
        long start = BinaryPrimitives.ReadUInt32LittleEndian(file[10..]);
        long width = BinaryPrimitives.ReadInt32LittleEndian(file[18..]);
        long height = Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(file[22..]));
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(file[28..]);
        uint compression = BinaryPrimitives.ReadUInt32LittleEndian(file[30..]);
        if (bits is not (1 or 4 or 8 or 16 or 24 or 32) || compression is not (0 or 3))
            throw Error(name, 28, $"its pixels have {bits} bits with compression {compression}, which is not supported");
        if (width < 1 || height < 1 || start < Header)
            throw Error(name, start < Header ? 10 : 18, $"its size is {width} x {height}, and its pixels begin at byte {start}");
        long row = (width * bits + 31) / 32 * 4;
        if (height > (file.Length - start) / row)
            throw Error(name, 18, $"it has {file.Length} bytes, but {width} x {height} pixels need {start + row * (decimal)height}");
        var size = new PictureSize((int)width, (int)height);
        return size.WhyNot(file.Length) is { } why ? throw Error(name, 18, why) : size;
    }

    private static InvalidInputException Error(string name, long at, string why) =>
        new($"cannot read {name}", $"byte {at}", why, "Save the image again, for example as PNG.");
}
