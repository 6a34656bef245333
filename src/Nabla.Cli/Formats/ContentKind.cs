using System.Buffers.Binary;

namespace Nabla.Cli;

/// <summary>What a file holds, by its first bytes; a name may say anything.</summary>
internal enum ContentKind
{
    Empty,
    Folder,
    Npz,
    Npy,

    /// <summary>IDX, plain or within gzip.</summary>
    Idx,
    Png,
    Safetensors,

    /// <summary>Lines of text: CSV, for all that can be told.</summary>
    Text,
    Unknown,
}

/// <summary>Tells kinds of files apart.</summary>
internal static class ContentKinds
{
    private const int Enough = 512;

    /// <summary>Looks at a file.</summary>
    /// <exception cref="InvalidInputException">There is none.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ContentKind Of(string path, Terminal terminal)
    {
        if (Directory.Exists(path))
            return ContentKind.Folder;
        if (!File.Exists(path))
        {
            throw new InvalidInputException($"cannot read {terminal.Shown(path)}", terminal.Shown(path), "there is no such file", "Check the path.");
        }
        using var file = File.OpenRead(path);
        var start = new byte[Enough];
        int length = file.ReadAtLeast(start, Enough, throwOnEndOfStream: false);
        var kind = Of(start.AsSpan(0, length));
        // A web page named mnist.npz is no table: the reader that the name asks for says best what is wrong.
        return kind is ContentKind.Text or ContentKind.Unknown ? ByName(path) ?? kind : kind;
    }

    /// <summary>Why a file of a kind is of no use where another was expected.</summary>
    public static string WhyNot(ContentKind kind) => kind switch
    {
        ContentKind.Empty => "the file is empty",
        ContentKind.Folder => "it is a folder",
        ContentKind.Npz => "it is a NumPy archive",
        ContentKind.Npy => "it is a single NumPy array, without labels",
        ContentKind.Idx => "it is an IDX array",
        ContentKind.Png => "it is an image, without a label",
        ContentKind.Safetensors => "it is a model",
        ContentKind.Text => "it is text",
        _ => "it is of no kind that nabla knows",
    };

    /// <summary>Looks at the first bytes of a file.</summary>
    public static ContentKind Of(ReadOnlySpan<byte> start) => start switch
    {
        [] => ContentKind.Empty,
        [(byte)'P', (byte)'K', 3 or 5, 4 or 6, ..] => ContentKind.Npz,
        [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..] => ContentKind.Npy,
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => ContentKind.Png,
        [0x1F, 0x8B, ..] => ContentKind.Idx,
        [0, 0, >= 0x08 and <= 0x0E, >= 1 and <= 8, ..] => ContentKind.Idx,
        _ when IsSafetensors(start) => ContentKind.Safetensors,
        _ when IsText(start) => ContentKind.Text,
        _ => ContentKind.Unknown,
    };

    private static ContentKind? ByName(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".npz" => ContentKind.Npz,
        ".npy" => ContentKind.Npy,
        ".png" => ContentKind.Png,
        ".safetensors" => ContentKind.Safetensors,
        _ => null,
    };

    // A length of eight bytes, then JSON of that length.
    private static bool IsSafetensors(ReadOnlySpan<byte> start) =>
        start.Length > 9 && start[8] == '{' && BinaryPrimitives.ReadUInt64LittleEndian(start) is >= 2 and < 1UL << 32;

    private static bool IsText(ReadOnlySpan<byte> start) => start.IndexOfAnyInRange((byte)0, (byte)8) < 0;
}
