using System.Security.Cryptography;
using System.Text;

namespace Nabla;

/// <summary>
/// The checksum of a checkpoint: SHA-256 of the whole file, with zeros where the checksum itself stands in the metadata. A file without
/// one has none to compare.
/// </summary>
internal static class FileChecksum
{
    private const string Key = "nabla.checksum";
    private const int Digits = 2 * SHA256.HashSizeInBytes;
    private const int LengthBytes = 8;

    /// <summary>Writes a file with its checksum.</summary>
    /// <param name="stream">Receives the file.</param>
    /// <param name="metadata">Receives the checksum, too.</param>
    /// <param name="write">Writes the file with the metadata; called twice, and writes the same both times.</param>
    public static void Write(Stream stream, Dictionary<string, string> metadata, Action<Stream> write)
    {
        metadata[Key] = new string('0', Digits);
        using var hash = SHA256.Create();
        using (var hashing = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
            write(hashing);
        metadata[Key] = Convert.ToHexStringLower(hash.Hash!);
        write(stream);
    }

    /// <summary>Compares a file with its checksum.</summary>
    /// <param name="source">A safetensors file whose header has been read without an error.</param>
    /// <param name="path">What messages call it.</param>
    /// <param name="metadata">Its metadata.</param>
    /// <param name="isRequired">Whether it must have a checksum; files of older versions have none.</param>
    /// <exception cref="InvalidInputException">The file was changed or damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static void Verify(ByteSource source, string path, IReadOnlyDictionary<string, string> metadata, bool isRequired)
    {
        if (!metadata.TryGetValue(Key, out string? expected))
        {
            if (isRequired)
                throw new FileLocation(path).Error("its checksum is missing", FileLocation.CopyAgain);
            return;
        }
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] header = ReadHeader(source, path);
        int place = header.AsSpan().IndexOf(Encoding.UTF8.GetBytes($"\"{Key}\":\"{expected}\""));
        if (place >= 0 && expected.Length == Digits)
            header.AsSpan(place + Key.Length + 4, Digits).Fill((byte)'0');
        hash.AppendData(header);
        byte[] buffer = new byte[1 << 14];
        for (long at = header.Length; source.Read(buffer, at) is var count && count > 0; at += count)
            hash.AppendData(buffer, 0, count);
        if (Convert.ToHexStringLower(hash.GetCurrentHash()) != expected)
            throw new FileLocation(path).Error("its checksum does not fit its bytes", FileLocation.CopyAgain);
    }

    // The reader of the header has compared its length with that of the file.
    private static byte[] ReadHeader(ByteSource source, string path)
    {
        byte[] length = new byte[LengthBytes];
        using var content = new FileWindow(source, 0, source.Length);
        IncrementalRead.Fill(content, length, new FileLocation(path), 0);
        byte[] header = new byte[LengthBytes + BitConverter.ToInt64(length)];
        length.CopyTo(header, 0);
        IncrementalRead.Fill(content, header.AsSpan(LengthBytes), new FileLocation(path), LengthBytes);
        return header;
    }
}
