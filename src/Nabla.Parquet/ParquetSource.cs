using Nabla.Tables;
using Parquet;
using Parquet.Schema;

namespace Nabla.Parquet;

/// <summary>A Parquet file that is read anew each time its rows are needed, row group by row group.</summary>
internal sealed class ParquetSource : TableSource
{
    /// <summary>The most cells of a row group. Writers make groups of 10 thousand to a few million rows.</summary>
    private const long MostCells = 1L << 28;

    private readonly string path;
    private readonly Field[] usable; // the columns, in order

    /// <param name="path">The file.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <exception cref="InvalidInputException">It is not a Parquet file, it is damaged, or no column can be used.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public ParquetSource(string path, string name)
    {
        this.path = path;
        Name = name;
        using var file = OpenFile();
        using var reader = OpenReader(file);
        var fields = FieldsOf(reader.Value);
        if (fields.GroupBy(field => field.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw Header.Error($"two columns are called {RowLocation.Quote(twice.Key)}", "Give each column a name of its own.");
        usable = [.. fields.Where(field => ParquetColumn.For(field) is not null)];
        if (usable.Length == 0)
            throw Header.Error("no column holds numbers, texts or dates", "Write the table with a column for each value.");
        if (usable.Length < fields.Count)
        {
            var others = fields.Except(usable).Select(field => field.Name).ToList();
            Notices = [$"{Name}: columns of lists, structures, bytes or types that are not supported are left out: "
                + $"{RowLocation.List(others)}."];
        }
        Columns = [.. usable.Select(field => field.Name)];
    }

    public override string Name { get; }

    public override IReadOnlyList<string> Columns { get; }

    public override IReadOnlyList<string> Notices { get; } = [];

    public override bool CanBeReadAtOnce => true;

    public override IEnumerable<TableRow> Rows()
    {
        using var file = OpenFile();
        using var reader = OpenReader(file);
        var fields = FieldsOf(reader.Value).Where(field => ParquetColumn.For(field) is not null).ToList();
        if (!fields.SequenceEqual(usable))
            throw Header.Error("they are others than when it was read first", "Do not change the file while it is read.");
        long first = 0;
        for (int i = 0; i < reader.Value.RowGroupCount; i++)
        {
            using var group = Group(reader.Value, i);
            var row = new ParquetRow(this, group, [.. fields.Select(field => ParquetColumn.For(field)!)], first);
            while (row.Advance())
                yield return row;
            first += group.RowCount;
        }
    }

    /// <summary>Uses the library, whose exceptions become errors of the file.</summary>
    /// <param name="where">What is read, for messages.</param>
    /// <param name="use">Reads.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public T Read<T>(string where, Func<Task<T>> use)
    {
        try
        {
            return use().GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is NotSupportedException or NotImplementedException or OverflowException)
        {
            throw new InvalidInputException(
                $"cannot read {Name}", where, $"its type or encoding is not supported ({error.Message})",
                "Write the column with another type, or the table as CSV.", error);
        }
        catch (Exception error) when (!IsOfSystem(error) && error is not InvalidInputException)
        {
            throw new InvalidInputException(
                $"cannot read {Name}", where, $"it cannot be decoded ({error.Message})",
                "The file is damaged or incomplete: copy it again.", error);
        }
    }

    // The library reports damage by the same exception as the system reports its errors, but without a number.
    private static bool IsOfSystem(Exception error) => error is OutOfMemoryException or UnauthorizedAccessException
        || (error is IOException and not EndOfStreamException && error.HResult != new IOException().HResult);

    private IReadOnlyList<Field> FieldsOf(ParquetReader reader) => Read("its columns", () => Task.FromResult(reader.Schema.Fields));

    private ParquetRowGroupReader Group(ParquetReader reader, int number)
    {
        string where = $"row group {number + 1}";
        var group = Read(where, () => Task.FromResult(reader.OpenRowGroupReader(number)));
        if (WhyNot(group) is not { } why)
            return group;
        group.Dispose();
        throw new InvalidInputException($"cannot read {Name}", where, why, "Write the file with smaller row groups.");
    }

    private string? WhyNot(ParquetRowGroupReader group) => group.RowCount < 0 || group.RowCount > MostCells / usable.Length
        ? $"it has {group.RowCount} rows of {usable.Length} columns, and at most {MostCells} cells are read at once"
        : ReadLimit.WhyNot(Math.Max(group.RowGroup.TotalByteSize, (long)group.RowCount * usable.Length * sizeof(double)));

    // Nothing is read ahead: the library reads whole pages.
    private FileStream OpenFile() => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);

    private OpenedReader OpenReader(FileStream file) => new(Read("its end", () => ParquetReader.CreateAsync(file, leaveStreamOpen: true)));

    /// <summary>A reader for <c>using</c>: the library closes its own only asynchronously.</summary>
    private sealed record OpenedReader(ParquetReader Value) : IDisposable
    {
        public void Dispose() => Value.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
