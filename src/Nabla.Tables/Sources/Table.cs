using System.Data;
using System.Text;

namespace Nabla.Tables;

/// <summary>
/// A table: named columns, and rows of cells. Cells are read as text, whatever they come from: a number in its shortest form, a date as
/// 2024-05-31, nothing for null.
/// </summary>
/// <remarks>
/// A table from a file or from objects is read anew each time it is used; one from a stream, a text reader or a data reader is read once
/// and kept in memory. Safe for concurrent use if what it was made of is.
/// </remarks>
public sealed class Table
{
    private readonly Lazy<Dictionary<string, int>> positions;
    private readonly Lazy<Dictionary<string, int>> composedPositions;

    internal Table(TableSource source)
    {
        Source = source;
        positions = new(() => PositionsOf(name => name));
        composedPositions = new(() => PositionsOf(LatinText.Compose));
    }

    /// <summary>What the table is called in messages.</summary>
    public string Name => Source.Name;

    /// <summary>The column names, in order.</summary>
    public IReadOnlyList<string> Columns => Source.Columns;

    /// <summary>What was assumed about the table, a sentence each.</summary>
    public IReadOnlyList<string> Notices => Source.Notices;

    /// <summary>What separates the fields of a CSV text; null if the table is none.</summary>
    public char? Separator => Source.Separator;

    internal TableSource Source { get; }

    /// <summary>
    /// Opens a CSV file: text in UTF-8, or UTF-16 or UTF-32 with a byte order mark; plain or compressed by gzip. Fields are separated by
    /// commas, semicolons, tabs or vertical bars. White space around a field is ignored, unless it is quoted. Empty lines are skipped.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is written; null to find out.</param>
    /// <param name="name">What to call it in messages; null for the file's name.</param>
    /// <exception cref="InvalidInputException">It is empty, is not a text, or has an unusable header; the message says where.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Table FromCsv(string path, CsvOptions? options = null, string? name = null) => new(new CsvSource(
        name ?? Path.GetFileName(path),
        () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan), options ?? new()));

    /// <summary>Reads a CSV text, as <see cref="FromCsv(string, CsvOptions?, string?)"/> does, to the end of a stream.</summary>
    /// <param name="stream">The text. It stays open.</param>
    /// <param name="options">How it is written; null to find out.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="InvalidInputException">It is empty, is not a text, or has an unusable header; the message says where.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Table FromCsv(Stream stream, CsvOptions? options = null, string name = "table")
    {
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return FromBytes(copy.ToArray(), options, name);
    }

    /// <summary>Reads a CSV text, as <see cref="FromCsv(string, CsvOptions?, string?)"/> does, to the end of a reader.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="options">How it is written; null to find out.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="InvalidInputException">It is empty, or its header cannot be used; the message says where.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Table FromCsv(TextReader reader, CsvOptions? options = null, string name = "table")
    {
        string text = reader.ReadToEnd();
        try
        {
            return FromBytes(StrictUtf8.Encoding.GetBytes(text), options, name);
        }
        catch (EncoderFallbackException error)
        {
            throw new InvalidInputException(
                $"cannot read {name}", $"character {error.Index}", "it is an unpaired surrogate",
                "Correct where the text comes from.", error);
        }
    }

    /// <summary>Reads the remaining rows of a data reader, such as the result of a database query.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="name">What to call the table in messages.</param>
    /// <exception cref="ArgumentException">It has no columns, or two of the same name.</exception>
    public static Table FromReader(IDataReader reader, string name = "table")
    {
        string[] columns = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            var row = new object?[columns.Length];
            reader.GetValues(row!);
            rows.Add(row);
        }
        return new Table(new ValueSource(name, columns, rows));
    }

    /// <summary>Makes a table of objects: each public property that can be read is a column; of dictionaries, each key.</summary>
    /// <param name="rows">The objects. They are enumerated each time the table is used.</param>
    /// <param name="name">What to call the table in messages.</param>
    /// <typeparam name="T">The objects' type.</typeparam>
    /// <exception cref="ArgumentException">The type has no such property, or is a dictionary of other than objects.</exception>
    public static Table FromRows<[System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers(
        System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.PublicProperties)] T>(IEnumerable<T> rows, string name = "table")
        where T : notnull
    {
        // The compiler prefers this method for a list of Dictionary<string, object?>, whose properties are not meant.
        if (rows is IEnumerable<IReadOnlyDictionary<string, object?>> dictionaries)
            return FromRows(dictionaries, columns: null, name);
        var properties = RowProperties.Of(typeof(T));
        return new Table(new ValueSource(
            name, properties.Names, rows.Select(row => properties.Read(row))));
    }

    /// <summary>Makes a table of columns.</summary>
    /// <param name="columns">The values of each column by its name, equally many of each.</param>
    /// <param name="name">What to call the table in messages.</param>
    /// <exception cref="ArgumentException">There is no column, or they differ in length.</exception>
    public static Table FromColumns(IReadOnlyDictionary<string, System.Collections.IList> columns, string name = "table")
    {
        string[] names = [.. columns.Keys];
        if (names.Length == 0)
            throw new ArgumentException("There is no column.", nameof(columns));
        int count = columns[names[0]].Count;
        if (names.FirstOrDefault(column => columns[column].Count != count) is { } other)
        {
            throw new ArgumentException(
                $"The column {other} has {columns[other].Count} values, and {names[0]} has {count}.", nameof(columns));
        }
        var rows = Enumerable.Range(0, count).Select(row => names.Select(column => columns[column][row]).ToArray());
        return new Table(new ValueSource(name, names, rows));
    }

    /// <summary>Makes a table of rows that are dictionaries.</summary>
    /// <param name="rows">The values of each row by the name of their column. A column that a row lacks is missing there.</param>
    /// <param name="columns">The column names; null for those of the first row.</param>
    /// <param name="name">What to call the table in messages.</param>
    /// <exception cref="ArgumentException">There is no column.</exception>
    public static Table FromRows(
        IEnumerable<IReadOnlyDictionary<string, object?>> rows, IReadOnlyList<string>? columns = null, string name = "table")
    {
        string[] names = [.. columns ?? [.. rows.FirstOrDefault()?.Keys ?? []]];
        return new Table(new ValueSource(name, names, rows.Select(row => names.Select(column => row.GetValueOrDefault(column)).ToArray())));
    }

    /// <summary>Reads the rows: the text of each cell, in the order of the columns; empty if there is no value.</summary>
    /// <exception cref="InvalidInputException">A row is malformed; the message says where.</exception>
    /// <exception cref="IOException">The table cannot be read.</exception>
    public IEnumerable<IReadOnlyList<string>> ReadRows() => Source.Rows().Select(row =>
    {
        var cells = new string[Columns.Count];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = Encoding.UTF8.GetString(row[i]);
        return cells;
    });

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Columns.Count} columns";

    /// <summary>The position of a column.</summary>
    /// <exception cref="InvalidInputException">There is none of that name; the message lists those that are there.</exception>
    internal int IndexOf(string column)
    {
        int position = Find(column);
        if (position >= 0)
            return position;
        throw Source.Header.Error(
            $"it has no column {RowLocation.Quote(column)}; it has {RowLocation.List([.. Columns], 30)}",
            Columns.Count == 1 && Columns[0].Contains(' ', StringComparison.Ordinal)
                ? "If its fields are separated by spaces, use --separator space."
                : "Add the column, or correct its name in the header or where it is named; upper and lower case differ.");
    }

    /// <summary>The position of a column; -1 if there is none of that name.</summary>
    internal int Find(string column)
    {
        if (positions.Value.TryGetValue(column, out int position))
            return position;
        // The same characters can be composed in different ways: ö is one code point, or an o and its dots.
        return composedPositions.Value.TryGetValue(LatinText.Compose(column), out position) ? position : -1;
    }

    /// <summary>The first column of each name.</summary>
    private Dictionary<string, int> PositionsOf(Func<string, string> key)
    {
        var first = new Dictionary<string, int>(Columns.Count, StringComparer.Ordinal);
        for (int i = 0; i < Columns.Count; i++)
            first.TryAdd(key(Columns[i]), i);
        return first;
    }

    private static Table FromBytes(byte[] bytes, CsvOptions? options, string name) =>
        new(new CsvSource(name, () => new MemoryStream(bytes, writable: false), options ?? new()));
}
