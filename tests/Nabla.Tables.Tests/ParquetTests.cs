using System.Collections;
using Nabla.Parquet;
using Parquet;
using Parquet.Schema;
using Meta = Parquet.Meta;

namespace Nabla.Tables.Tests;

/// <summary>Parquet files are tables: the same cells as those of columns in memory, row group by row group.</summary>
public sealed class ParquetTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    private string PathOf(string name) => Path.Combine(folder, name);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Each_kind_of_column_has_the_cells_of_a_column_in_memory()
    {
        var day = new DateTime(2024, 5, 31);
        await WriteAsync(
            2,
            Column<bool>("bool", true, false, true), Column<sbyte>("sbyte", -1, 0, 127), Column<byte>("byte", 0, 1, 255),
            Column<short>("short", -3, 0, 3), Column<ushort>("ushort", 0, 9, 65535), Column<int>("int", -7, 0, int.MaxValue),
            Column<uint>("uint", 0, 1, uint.MaxValue), Column<long>("long", long.MinValue, 0, 5),
            Column<ulong>("ulong", 0, 1, ulong.MaxValue),
            Column<float>("float", 0.1f, float.NaN, 1e30f), Column<double>("double", 0.1, double.NaN, 1e300),
            Column<decimal>("decimal", 1.5m, 0m, -2.25m), Column<DateTime>("time", day, day.AddHours(1.5), day.AddDays(1)),
            Column<DateOnly>("date", new(2024, 5, 31), new(2000, 2, 29), new(1999, 1, 1)),
            Optional<double>("optional", 1.5, null, 2), Optional<int>("count", null, 4, 5), Text("text", " Rome ", null, "Größe"));
        var table = ParquetTable.Open(PathOf("t.parquet"));
        var expected = Table.FromColumns(columns.ToDictionary(column => column.Name, column => (IList)column.Values));
        Assert.Equal(expected.Columns, table.Columns);
        Assert.Equal(expected.ReadRows().Select(row => string.Join(" | ", row)), table.ReadRows().Select(row => string.Join(" | ", row)));
        Assert.Equal("2024-05-31T01:30:00", table.ReadRows().ElementAt(1)[12]);
        Assert.Equal((0, "t.parquet"), (table.Notices.Count, table.Name));
    }

    [Fact]
    public async Task It_is_fitted_as_a_table_in_memory()
    {
        double?[] a = [.. Enumerable.Range(0, 500).Select(i => i % 9 == 4 ? null : (double?)Math.Sin(i))];
        string[] b = [.. Enumerable.Range(0, 500).Select(i => $"kind {i % 3}")];
        await WriteAsync(64, Optional("a", a), Text("b", b), Column<int>("y", [.. Enumerable.Range(0, 500)]));
        var memory = Table.FromColumns(columns.ToDictionary(column => column.Name, column => (IList)column.Values));
        var options = new TableOptions { Targets = ["y"], OnDisk = true };
        var fitted = TableDataset.Fit(ParquetTable.Open(PathOf("t.parquet")), options);
        var expected = TableDataset.Fit(memory, options);
        Assert.Equal(expected.Data.Fingerprint, fitted.Data.Fingerprint);
        Assert.Equal(expected.Encoding.ToJson(), fitted.Encoding.ToJson());
    }

    private static string FileOfOtherWriter(string name) => Path.Combine(AppContext.BaseDirectory, "Parquet", $"{name}.parquet");

    /// <summary>Parquet.Net 6.1 reads other values from these files, which parquet-rs has written: they are refused.</summary>
    [Theory]
    [InlineData("bool-runs", "booleans in runs")]
    [InlineData("delta-letters", "DELTA_BYTE_ARRAY")]
    [InlineData("lz4", "LZ4")]
    public void What_the_library_reads_wrongly_is_refused(string name, string why)
    {
        var table = ParquetTable.Open(FileOfOtherWriter(name));
        var error = Assert.Throws<InvalidInputException>(() => table.ReadRows().Count());
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    /// <summary>Without statistics of pages, the list of encodings decides, which has those of the levels as well.</summary>
    [Fact]
    public void Booleans_in_runs_are_refused_without_statistics_of_pages()
    {
        var field = new DataField<bool>("flag");
        ChunkEncoding Of(params List<Meta.Encoding> encodings) =>
            ChunkEncoding.Of(new Meta.ColumnMetaData { Encodings = encodings }, field);
        Assert.Throws<NotSupportedException>(() => Of(Meta.Encoding.RLE));
        Assert.False(Of(Meta.Encoding.RLE, Meta.Encoding.PLAIN).HasSharedBeginnings);
    }

    [Fact]
    public void The_same_is_read_from_files_that_the_library_reads_rightly()
    {
        var flags = ParquetTable.Open(FileOfOtherWriter("bool-plain")).ReadRows();
        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"{i % 3 == 0} {i}"), flags.Select(row => string.Join(' ', row)));
        var texts = ParquetTable.Open(FileOfOtherWriter("delta-ascii")).ReadRows();
        Assert.Equal(Enumerable.Range(0, 40).Select(i => i % 2 == 1 ? "size one" : "size two"), texts.Select(row => row[0]));
    }

    /// <summary>
    /// The file was written by parquet-rs (parquet-wasm 0.7) from columns of Apache Arrow, in row groups of two rows, with dictionaries,
    /// compressed by Zstandard.
    /// </summary>
    [Fact]
    public void A_file_of_another_writer_is_read()
    {
        var table = ParquetTable.Open(FileOfOtherWriter("arrow"));
        string[] expected =
        [
            "whole | big | unsigned | real | single | text | word | flag | date | stamp | stampz | time32 | time64",
            "1 | 1 | 0 | 0.5 | 0.10000000149011612 | Rome | a | True | 2024-05-31 | 2024-05-31 | 2024-05-31 | 01:30:00 | 01:30:00",
            "-2 | 2 | 1 |  | 2 |  | b | False | 2024-06-01 | 2024-05-31T01:30:00 | 2024-05-31T01:30:00 | 00:00:00 | 00:00:00",
            "3 | -3 | 4294967295 |  |  | Größe | a |  |  | 2024-05-31 | 2024-05-31 | 00:00:00.0010000 | 00:00:00.0000010",
            "4 | 9007199254740993 | 3 | 1E+300 | 4 | Oslo | b | True | 2024-05-31 | 2024-05-31 | 2024-05-31 |  | ",
            "5 | 5 | 4 | -0.1 | 5 |  |  | False | 2024-05-31 | 2024-05-31 | 2024-05-31 | 23:59:59.9990000 | 23:59:59.9999990",
        ];
        string[] read = [string.Join(" | ", table.Columns), .. table.ReadRows().Select(row => string.Join(" | ", row))];
        Assert.Equal(expected, read);
        Assert.Equal(
            ["arrow.parquet: columns of lists, structures, bytes or types that are not supported are left out: \"list\"."], table.Notices);
    }

    [Fact]
    public async Task A_column_of_texts_without_nulls_is_read()
    {
        await WriteAsync(2, Text("a", "x", "y", "x") with { IsNullable = false }, Column<int>("y", 1, 2, 3));
        Assert.Equal(["x", "y", "x"], ParquetTable.Open(PathOf("t.parquet")).ReadRows().Select(row => row[0]));
    }

    [Fact]
    public async Task A_file_without_rows_says_so()
    {
        await WriteAsync(9, Column<int>("a"), Column<int>("y"));
        var table = ParquetTable.Open(PathOf("t.parquet"));
        Assert.Empty(table.ReadRows());
        Assert.Throws<InvalidInputException>(() => TableDataset.Fit(table, new TableOptions { Targets = ["y"] }));
    }

    [Fact]
    public async Task An_error_names_the_row_of_the_file()
    {
        await WriteAsync(2, Text("a", "1", "2", "3", "x", "5"), Column<int>("y", 1, 2, 3, 4, 5));
        var encoding = Messy.Fit("a,y\n1,2\n3,4\n", options: new() { Targets = [], TargetKind = TargetKind.Values }).Encoding;
        var error = Assert.Throws<InvalidInputException>(() => encoding.Encode(ParquetTable.Open(PathOf("t.parquet"))));
        Assert.Equal("row 4, column \"a\"", error.Where);
    }

    [Fact]
    public async Task Columns_that_have_no_place_in_a_table_are_left_out()
    {
        await WriteAsync(9, Column<int>("a", 1, 2), Bytes("bytes", [1], [2]));
        var table = ParquetTable.Open(PathOf("t.parquet"));
        Assert.Equal(["a"], table.Columns);
        Assert.EndsWith("are left out: \"bytes\".", Assert.Single(table.Notices), StringComparison.Ordinal);
        await WriteAsync(9, Bytes("bytes", [1], [2]));
        var error = Assert.Throws<InvalidInputException>(() => ParquetTable.Open(PathOf("t.parquet")));
        Assert.Equal("no column holds numbers, texts or dates", error.Why);
    }

    [Fact]
    public async Task A_file_that_gets_other_columns_is_refused()
    {
        await WriteAsync(9, Column<int>("a", 1, 2), Column<int>("b", 3, 4));
        var table = ParquetTable.Open(PathOf("t.parquet"));
        await WriteAsync(9, Column<int>("b", 3, 4), Column<int>("a", 1, 2));
        var error = Assert.Throws<InvalidInputException>(() => table.ReadRows().Count());
        Assert.Equal("they are others than when it was read first", error.Why);
    }

    [Fact]
    public async Task A_limit_holds_before_a_row_group_is_read()
    {
        await WriteAsync(1000, Column<int>("a", [.. Enumerable.Range(0, 1000)]));
        var table = ParquetTable.Open(PathOf("t.parquet"));
        using (ReadLimit.Use(7999))
            Assert.Equal("row group 1", Assert.Throws<InvalidInputException>(() => table.ReadRows().Count()).Where);
        using (ReadLimit.Use(8000))
            Assert.Equal(1000, table.ReadRows().Count());
    }

    [Fact]
    public async Task Texts_that_are_not_UTF_8_are_refused()
    {
        await WriteAsync(9, Text("a", "x", "QWERTZUI", "y"));
        byte[] bytes = await File.ReadAllBytesAsync(PathOf("t.parquet"), TestContext.Current.CancellationToken);
        int at; // in the statistics, too
        while ((at = bytes.AsSpan().IndexOf("QWERTZUI"u8)) >= 0)
            bytes[at] = 0xFF;
        await File.WriteAllBytesAsync(PathOf("t.parquet"), bytes, TestContext.Current.CancellationToken);
        var error = Assert.Throws<InvalidInputException>(() => ParquetTable.Open(PathOf("t.parquet")).ReadRows().Count());
        Assert.Equal("row 2, column \"a\"", error.Where);
        Assert.Equal("its bytes are not a text in UTF-8, or one with U+FFFD in the place of such bytes", error.Why);
    }

    [Fact]
    public async Task Times_are_read_in_each_unit()
    {
        await WriteAsync(
            9, Time<int>("ms", TimeUnitPrecision.Millis, 5_400_001), Time<long>("us", TimeUnitPrecision.Micros, 5_400_000_001),
            Time<long>("ns", TimeUnitPrecision.Nanos, 5_400_000_000_100));
        Assert.Equal(
            "01:30:00.0010000 01:30:00.0000010 01:30:00.0000001",
            string.Join(' ', ParquetTable.Open(PathOf("t.parquet")).ReadRows().Single()));
    }

    /// <summary>A row group that claims another number of rows than its columns have values.</summary>
    [Fact]
    public async Task Numbers_of_rows_that_do_not_fit_are_refused()
    {
        const int Rows = 100, Wrong = 90;
        await WriteAsync(Rows, Optional("a", [.. Enumerable.Range(0, Rows).Select(i => (double?)i)]));
        byte[] bytes = await File.ReadAllBytesAsync(PathOf("t.parquet"), TestContext.Current.CancellationToken);
        byte[] written = [2 * Rows & 0x7F | 0x80, 2 * Rows >> 7]; // as Thrift writes integers
        int footer = bytes.Length - 8 - BitConverter.ToInt32(bytes, bytes.Length - 8), refused = 0, found = 0;
        for (int at = footer; at < bytes.Length - 8; at++)
        {
            if (!bytes.AsSpan(at).StartsWith(written))
                continue;
            found++;
            byte[] changed = [.. bytes];
            (changed[at], changed[at + 1]) = (2 * Wrong & 0x7F | 0x80, 2 * Wrong >> 7);
            await File.WriteAllBytesAsync(PathOf("t.parquet"), changed, TestContext.Current.CancellationToken);
            try
            {
                // The number for the whole file is not used.
                Assert.Equal(Rows, ParquetTable.Open(PathOf("t.parquet")).ReadRows().Count());
            }
            catch (InvalidInputException)
            {
                refused++;
            }
        }
        Assert.Equal((3, 2), (found, refused));
    }

    [Fact]
    public async Task A_damaged_file_is_refused_with_errors_of_Nabla_alone()
    {
        await WriteAsync(20, Optional<double>("a", 1, null, 3, 4), Text("b", "x", "y", "x", null), Column<long>("y", 1, 2, 3, 4));
        byte[] bytes = await File.ReadAllBytesAsync(PathOf("t.parquet"), TestContext.Current.CancellationToken);
        int pages = bytes.Length - 8 - BitConverter.ToInt32(bytes, bytes.Length - 8); // the description of the columns follows
        var random = new Random(1);
        for (int i = 0; i < bytes.Length; i++)
            Assert.True(IsRefused(bytes[..i]), $"cut short at {i}");
        int refused = 0;
        for (int i = 0; i < pages; i++)
        {
            byte[] damaged = [.. bytes];
            damaged[i] ^= (byte)(1 << random.Next(8));
            refused += IsRefused(damaged) ? 1 : 0;
        }
        Assert.InRange(refused, 1, pages);

        bool IsRefused(byte[] damaged)
        {
            File.WriteAllBytes(PathOf("d.parquet"), damaged);
            try
            {
                _ = ParquetTable.Open(PathOf("d.parquet")).ReadRows().Count();
                return false;
            }
            catch (InvalidInputException)
            {
                return true;
            }
        }
    }

    private readonly List<TestColumn> columns = [];

    private static TestColumn Column<T>(string name, params T[] values)
        where T : struct => new(name, typeof(T), values, (group, field, start, count) =>
            group.WriteAsync<T>(field, values.AsMemory(start, count), null, null, default));

    private static TestColumn Optional<T>(string name, params T?[] values)
        where T : struct => new(name, typeof(T?), values, (group, field, start, count) =>
            group.WriteAsync<T>(field, values.AsMemory(start, count), null, null, default));

    private static TestColumn Text(string name, params string?[] values) => new(name, typeof(string), values,
        (group, field, start, count) => group.WriteAsync(field, values[start..(start + count)]!, null));

    private static TestColumn Time<T>(string name, TimeUnitPrecision unit, params T[] values)
        where T : struct => Column(name, values) with { Field = new TimeDataField(name, unit, null, false) };

    private static TestColumn Bytes(string name, params byte[][] values) => new(name, typeof(byte[]), values,
        (group, field, start, count) => group.WriteAsync(field, values[start..(start + count)], null));

    /// <summary>Writes a file, a row group for every so many rows.</summary>
    private async Task WriteAsync(int together, params TestColumn[] written)
    {
        columns.Clear();
        columns.AddRange(written);
        DataField[] fields = [.. written.Select(column => column.Field ?? new DataField(column.Name, column.Type, column.IsNullable))];
        await using var file = File.Create(PathOf("t.parquet"));
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), file);
        int rows = written[0].Values.Length;
        for (int start = 0; start < rows; start += together)
        {
            using var group = writer.CreateRowGroup();
            for (int i = 0; i < fields.Length; i++)
                await written[i].Write(group, fields[i], start, Math.Min(together, rows - start));
        }
    }

    private sealed record TestColumn(string Name, Type Type, Array Values, Func<ParquetRowGroupWriter, DataField, int, int, Task> Write)
    {
        public bool? IsNullable { get; init; }

        public DataField? Field { get; init; }
    }
}
