namespace Nabla;

/// <summary>What the members of an archive may be called, and where their bytes may be.</summary>
internal static class ZipLayout
{
    /// <summary>Bytes of a member's header without its name and extra fields.</summary>
    public const int HeaderLength = 30;

    private const uint FileTypeMask = 0xF000_0000; // of Unix, in the upper half of the attributes
    private const uint RegularFile = 0x8000_0000;
    private const uint Folder = 0x4000_0000;

    /// <summary>Why a member is refused whatever its content is; null if it is not.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="attributes">Its external attributes.</param>
    public static string? WhyUnsafe(string name, uint attributes) =>
        (attributes & FileTypeMask) is not (0 or RegularFile or Folder) ? "it is a link or a device, not a file"
        : name.Contains('\0', StringComparison.Ordinal) ? "its name has a zero byte"
        : name is ['/' or '\\', ..] or [_, ':', '/' or '\\', ..] ? "its name is an absolute path"
        : name.Split('/', '\\').Contains("..") ? "its name is a path that leaves the archive (..)"
        : null;

    /// <summary>The members, each with its end: where the next one begins, or the directory.</summary>
    /// <param name="members">In the order of the directory.</param>
    /// <param name="directoryStart">Where the directory begins.</param>
    /// <param name="location">The archive, for messages.</param>
    /// <exception cref="InvalidInputException">Two members share bytes, or one extends into the directory.</exception>
    public static IReadOnlyList<ZipMember> FindEnds(List<ZipMember> members, long directoryStart, FileLocation location)
    {
        int[] order = [.. Enumerable.Range(0, members.Count).OrderBy(i => members[i].HeaderOffset)];
        for (int i = 0; i < order.Length; i++)
        {
            var member = members[order[i]];
            var next = i + 1 < order.Length ? members[order[i + 1]] : null;
            long end = Math.Min(next?.HeaderOffset ?? directoryStart, directoryStart);
            if (end - member.HeaderOffset - HeaderLength < member.CompressedLength)
                throw (location with { Member = member.Name }).ErrorInFile(
                    member.EntryOffset, WhyNoRoom(member, next, directoryStart), FileLocation.CopyAgain);
            members[order[i]] = member with { End = end };
        }
        return members;
    }

    private static string WhyNoRoom(ZipMember member, ZipMember? next, long directoryStart) =>
        member.HeaderOffset > directoryStart - HeaderLength
            ? $"its header is not at byte {member.HeaderOffset} of the archive, the position in the directory"
        : directoryStart - member.HeaderOffset - HeaderLength < member.CompressedLength
            ? $"its {member.CompressedLength} bytes extend into the archive's directory"
        : $"its {member.CompressedLength} bytes overlap those of the member {next!.Name}";
}
