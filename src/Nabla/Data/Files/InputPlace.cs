namespace Nabla;

/// <summary>Where a reader stands, for its messages: a file, and a member of it where it has members.</summary>
/// <param name="File">Path or name of the file.</param>
/// <param name="Member">Name of the member in an archive, as the archive has it.</param>
internal readonly record struct InputPlace(string File, string? Member = null)
{
    /// <summary>What to do about a file that was damaged on its way.</summary>
    public const string CopyAgain = "The file is damaged or incomplete: copy or download it again.";

    /// <summary>An error at a byte of the file or member.</summary>
    public InvalidInputException Error(long offset, string why, string remedy, Exception? inner = null) =>
        new($"cannot read {File}", Member is null ? $"byte {offset}" : $"member {Member}, byte {offset}", why, remedy, inner);

    /// <summary>An error of the file or member as a whole.</summary>
    public InvalidInputException Error(string why, string remedy) =>
        new($"cannot read {File}", Member is null ? "the whole file" : $"member {Member}", why, remedy);
}
