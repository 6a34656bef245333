using System.IO.Compression;

namespace Nabla.Fuzz;

/// <summary>How many bytes come out of compressed data, until they end or are damaged.</summary>
internal static class Inflating
{
    public static long GzipBytes(byte[] file) => Count(new GZipStream(new MemoryStream(file), CompressionMode.Decompress), long.MaxValue);

    /// <summary>The bytes that members of an archive hold.</summary>
    public static long ZipBytes(byte[] file)
    {
        try
        {
            var source = ByteSource.From(file);
            return ZipDirectory.Read(source, new FileLocation("a.npz")).Where(member => member.Method == ZipMember.Deflated)
                .Sum(member => Count(ContentOf(source, member), member.Length));
        }
        catch (InvalidInputException)
        {
            return 0;
        }
    }

    private static Stream ContentOf(ByteSource source, ZipMember member)
    {
        try
        {
            return ZipContent.Open(source, member, new FileLocation("a.npz"));
        }
        catch (InvalidInputException)
        {
            return Stream.Null;
        }
    }

    private static long Count(Stream stream, long most)
    {
        using (stream)
        {
            var buffer = new byte[4096];
            long count = 0;
            try
            {
                while (count < most && stream.Read(buffer) is var read and > 0)
                    count += read;
            }
            catch (InvalidDataException)
            {
                // What came out before was decoded.
            }
            return count;
        }
    }
}
