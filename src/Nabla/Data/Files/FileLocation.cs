namespace Nabla;

/// <summary>The file that is being read, and the member of an archive, for messages.</summary>
/// <param name="File">Path or name of the file.</param>
/// <param name="Member">Name of the member in an archive; null if there is none.</param>
internal readonly record struct FileLocation(string File, string? Member = null)
{
    /// <summary>The remedy for a damaged file.</summary>
    public const string CopyAgain = "The file is damaged or incomplete: copy or download it again.";

    /// <summary>Creates an error at a byte of the file or member.</summary>
    public InvalidInputException Error(long offset, string why, string remedy, Exception? inner = null) =>
        new($"cannot read {File}", Member is null ? $"byte {offset}" : $"member {Member}, byte {offset}", why, remedy, inner);

    /// <summary>Creates an error at a byte of the file that concerns a member.</summary>
    public InvalidInputException ErrorInFile(long offset, string why, string remedy) =>
        new($"cannot read {File}", $"byte {offset}, member {Member}", why, remedy);

    /// <summary>Creates an error for the file or member as a whole.</summary>
    public InvalidInputException Error(string why, string remedy) =>
        new($"cannot read {File}", Member is null ? "the whole file" : $"member {Member}", why, remedy);
}
