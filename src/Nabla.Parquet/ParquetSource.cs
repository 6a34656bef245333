using Nabla.Tables;
using Parquet;
using Parquet.Schema;

namespace Nabla.Parquet;

/// <summary>A Parquet file that is read anew each time its rows are needed, row group by row group.</summary>
internal sealed class ParquetSource : TableSource
{
    /// <summary>The most cells of a row group. Writers make groups of 10 thousand to a few million rows.</summary>
    private const long MostCells = 1L << 28;

    private const string CopyAgain = "The file is damaged or incomplete: copy it again.";

    private readonly string path;
    private readonly string[] usable; // names of the columns, in order

    /// <param name="path">The file.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <exception cref="InvalidInputException">It is no Parquet file, it is damaged, or no column can be used.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public ParquetSource(string path, string name)
    {
        this.path = path;
        Name = name;
        using var file = OpenFile();
        using var reader = OpenReader(file);
        var fields = Read("its end", () => Task.FromResult(reader.Value.Schema.Fields));
        usable = [.. fields.Where(field => ParquetColumn.For(field) is not null).Select(field => field.Name)];
        if (usable.Length == 0)
            throw Header.Error("no column holds numbers, texts or dates", "Write the table with a column for each value.");
        if (usable.Length < fields.Count)
        {
            var others = fields.Select(field => field.Name).Except(usable, StringComparer.Ordinal).ToList();
            Notices = [$"{Name}: columns of lists, structures or bytes are left out: {RowLocation.List(others)}."];
        }
        if (usable.Distinct(StringComparer.Ordinal).Count() < usable.Length)
            throw Header.Error("two columns have the same name", "Give each column a name of its own.");
    }

    public override string Name { get; }

    public override IReadOnlyList<string> Columns => usable;

    public override IReadOnlyList<string> Notices { get; } = [];

    public override bool CanBeReadAtOnce => true;

    public override IEnumerable<TableRow> Rows()
    {
        using var file = OpenFile();
        using var reader = OpenReader(file);
        long first = 0;
        for (int i = 0; i < reader.Value.RowGroupCount; i++)
        {
            using var group = Group(reader.Value, i);
            var row = new ParquetRow(this, group, [.. Fields(reader.Value).Select(field => ParquetColumn.For(field)!)], first);
            while (row.Advance())
                yield return row;
            first += group.RowCount;
        }
    }

    /// <summary>Uses the library, whose exceptions become errors of the file.</summary>
    /// <param name="where">What is read, for messages.</param>
    /// <param name="use">Reads.</param>
    public T Read<T>(string where, Func<Task<T>> use)
    {
        try
        {
            return use().GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is not (OutOfMemoryException or InvalidInputException))
        {
            throw new InvalidInputException($"cannot read {Name}", where, $"it cannot be decoded ({error.Message})", CopyAgain, error);
        }
    }

    private IEnumerable<Field> Fields(ParquetReader reader) => reader.Schema.Fields.Where(field => usable.Contains(field.Name));

    private ParquetRowGroupReader Group(ParquetReader reader, int number)
    {
        string where = $"row group {number + 1}";
        var group = Read(where, () => Task.FromResult(reader.OpenRowGroupReader(number)));
        if (group.RowCount >= 0 && group.RowCount <= MostCells / usable.Length)
            return group;
        group.Dispose();
        throw new InvalidInputException(
            $"cannot read {Name}", where,
            $"it has {group.RowCount} rows of {usable.Length} columns, and at most {MostCells} cells are read",
            "Write the file with smaller row groups.");
    }

    // Nothing is read ahead: the library reads whole pages.
    private FileStream OpenFile() => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);

    private OpenedReader OpenReader(FileStream file) => new(Read("its end", () => ParquetReader.CreateAsync(file, leaveStreamOpen: true)));

    /// <summary>A reader that is closed without waiting for other threads.</summary>
    private sealed record OpenedReader(ParquetReader Value) : IDisposable
    {
        public void Dispose() => Value.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
