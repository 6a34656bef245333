namespace Nabla.Cli;

/// <summary>
/// A disk after a power cut. What had been flushed is on it; of the rest, any part: each name and each sector of the bytes may have been
/// written or not, in any order.
/// </summary>
/// <param name="operations">Everything that happened; the power may be cut after any of it.</param>
internal sealed class SimulatedDisk(IReadOnlyList<DiskOperation> operations)
{
    private const int SectorBytes = 512;

    /// <summary>The operations before the cut that nothing had flushed: each may be lost.</summary>
    /// <param name="done">How many operations had been done.</param>
    public int[] Unflushed(int done) =>
    [
        .. Enumerable.Range(0, done).Where(number => operations[number] switch
        {
            DiskOperation.Written written => !IsFlushed(number, done, later => later == new DiskOperation.FileFlushed(written.File)),
            DiskOperation.Created created => !IsNameFlushed(number, done, created.Name),
            DiskOperation.FolderCreated created => !IsNameFlushed(number, done, created.Name),
            DiskOperation.Renamed renamed => !IsNameFlushed(number, done, renamed.To),
            DiskOperation.Deleted deleted => !IsNameFlushed(number, done, deleted.Name),
            _ => false,
        }),
    ];

    /// <summary>Whether bytes are among operations: a part of them may be lost.</summary>
    public bool MayTear(int[] numbers) => numbers.Any(number => operations[number] is DiskOperation.Written);

    /// <summary>The files on the disk, by name.</summary>
    /// <param name="done">How many operations had been done.</param>
    /// <param name="lost">Those of <see cref="Unflushed"/> that are lost completely.</param>
    /// <param name="torn">Chooses the sectors of the other unflushed writes that are lost; null if none is.</param>
    public Dictionary<string, byte[]> Files(int done, IReadOnlySet<int> lost, Random? torn)
    {
        var contents = new Dictionary<int, MemoryStream>();
        var names = new Dictionary<string, int>(StringComparer.Ordinal); // on the disk
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal); // as the process saw them
        var missing = new HashSet<string>(StringComparer.Ordinal); // folders
        var unflushed = torn is null ? [] : Unflushed(done).ToHashSet();
        for (int number = 0; number < done; number++)
        {
            bool isLost = lost.Contains(number);
            switch (operations[number])
            {
                case DiskOperation.Created created:
                    contents[created.File] = new MemoryStream();
                    Link(names, numbers, created.Name, created.File, isLost);
                    break;
                case DiskOperation.FolderCreated created when isLost:
                    missing.Add(created.Name);
                    break;
                case DiskOperation.Written written when !isLost:
                    Write(contents[written.File], written, unflushed.Contains(number) ? torn : null);
                    break;
                case DiskOperation.Renamed renamed:
                    Link(names, numbers, renamed.To, numbers[renamed.From], isLost);
                    Unlink(names, numbers, renamed.From, isLost);
                    break;
                case DiskOperation.Deleted deleted:
                    Unlink(names, numbers, deleted.Name, isLost);
                    break;
            }
        }
        return names.Where(name => !missing.Contains(FolderOf(name.Key)))
            .ToDictionary(name => name.Key, name => contents[name.Value].ToArray(), StringComparer.Ordinal);
    }

    private static void Link(Dictionary<string, int> names, Dictionary<string, int> numbers, string name, int file, bool isLost)
    {
        numbers[name] = file;
        if (!isLost)
            names[name] = file;
    }

    private static void Unlink(Dictionary<string, int> names, Dictionary<string, int> numbers, string name, bool isLost)
    {
        numbers.Remove(name);
        if (!isLost)
            names.Remove(name);
    }

    // The size of the file may be on the disk without the bytes, which are then zeros.
    private static void Write(MemoryStream content, DiskOperation.Written written, Random? torn)
    {
        content.SetLength(Math.Max(content.Length, written.Offset + written.Bytes.Length));
        for (int start = 0; start < written.Bytes.Length; start += SectorBytes)
        {
            if (torn?.Next(2) == 0)
                continue;
            content.Position = written.Offset + start;
            content.Write(written.Bytes.AsSpan(start, Math.Min(SectorBytes, written.Bytes.Length - start)));
        }
    }

    /// <summary>The folder of a file or folder, as <see cref="DiskOperation.FolderFlushed"/> names it.</summary>
    private static string FolderOf(string name) => Path.GetDirectoryName(name) is { Length: > 0 } folder ? folder : ".";

    private bool IsNameFlushed(int number, int done, string name) =>
        IsFlushed(number, done, later => later == new DiskOperation.FolderFlushed(FolderOf(name)));

    private bool IsFlushed(int number, int done, Func<DiskOperation, bool> flushes) =>
        Enumerable.Range(number + 1, done - number - 1).Any(later => flushes(operations[later]));
}
