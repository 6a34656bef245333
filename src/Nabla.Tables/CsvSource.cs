using System.Text;
using System.Text.Unicode;
using CsvHelper;

namespace Nabla.Tables;

/// <summary>A CSV file in memory: its header, and its records as often as they are needed. Malformed text is refused.</summary>
internal sealed class CsvSource
{
    /// <summary>A longer field, in bytes, is taken for a mistake.</summary>
    public const int LongestField = 1 << 16;

    private readonly byte[] bytes;
    private readonly CsvReaderOptions options;

    private CsvSource(string name, byte[] bytes)
    {
        Name = name;
        this.bytes = bytes;
        RequireTable();
        RequireText();
        Separator = CsvSeparator.Detect(bytes);
        options = new CsvReaderOptions
        {
            Separator = Separator,
            HasHeader = false, // ReadHeader checks it: the reader would replace invalid UTF-8, and accept a name twice.
            TrimWhitespace = true,
            PoolStrings = true,
            TrackLineNumbers = true,
            DetectSeparatorHint = false,
            MalformedData = CsvMalformedDataHandling.Throw,
        };
        Header = ReadHeader();
    }

    /// <summary>What the file is called in messages.</summary>
    public string Name { get; }

    /// <summary>What stands between the fields.</summary>
    public char Separator { get; }

    /// <summary>The column names, each once, in order.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <exception cref="InvalidInputException">It is empty, too long for an array, not UTF-8 text, or has no valid header.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static CsvSource Open(string path)
    {
        string name = Path.GetFileName(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return stream.CanSeek && stream.Length > Array.MaxLength
            ? throw new CsvLocation(name, 1, 0).Error(
                $"it has {stream.Length} bytes, and at most {Array.MaxLength} can be read", "Convert it to .npz.")
            : Open(stream, name);
    }

    /// <inheritdoc cref="Open(string)"/>
    public static CsvSource Open(Stream stream, string name)
    {
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        byte[] bytes = copy.ToArray();
        return new CsvSource(name, bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes);
    }

    /// <summary>The data records in order, each as long as the header. It is always the same reader; its row 1 is the header.</summary>
    public IEnumerable<CsvReader> Records()
    {
        using CsvReader reader = CsvReader.Create(bytes, options);
        Advance(reader);
        while (Advance(reader))
        {
            if (reader.FieldCount != Header.Count)
            {
                throw LocationOf(reader).Error(
                    $"it has {reader.FieldCount} fields, and the header {Header.Count}",
                    "Give each row one value for each column; put text with separators into quotes.");
            }
            yield return reader;
        }
    }

    /// <summary>Where the reader stands.</summary>
    public CsvLocation LocationOf(CsvReader reader) => new(Name, reader.LineNumber, reader.RowNumber - 1);

    /// <summary>The position of a column.</summary>
    /// <exception cref="InvalidInputException">There is none of that name; the message lists those that are there.</exception>
    public int IndexOf(string column)
    {
        int index = Header.ToList().IndexOf(column);
        return index >= 0 ? index : throw new CsvLocation(Name, 1, 0).Error(
            $"it has no column {CsvLocation.Quote(column)}; it has {CsvLocation.List(Header, 30)}",
            "Name one of these, spelled as in the header.");
    }

    private bool Advance(CsvReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException error)
        {
            throw new CsvLocation(Name, error.LineNumber, error.RecordNumber - 1).Error(
                "a quotation mark stands where none may stand, or the closing one is missing",
                "Put the whole field into quotation marks, and write those inside it twice.", error);
        }
    }

    private List<string> ReadHeader()
    {
        using CsvReader reader = CsvReader.Create(bytes, options);
        if (!Advance(reader))
            throw new CsvLocation(Name, 1, 0).Error("the file is empty", "Give a file with a header line and at least one row of data.");
        CsvLocation location = LocationOf(reader);
        var names = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < reader.FieldCount; i++)
        {
            string name = reader.GetString(i);
            if (string.IsNullOrWhiteSpace(name))
            {
                throw location.Error(
                    $"column {i + 1} has no name", "Name it; pandas leaves out its row numbers with to_csv(..., index=False).");
            }
            if (name.Length > LongestField)
                throw location.Error($"the name of column {i + 1} has {name.Length} characters", "Is this a CSV file?");
            if (!seen.Add(name))
                throw location.Error($"two columns are called {CsvLocation.Quote(name)}", "Give each column a name of its own.");
            names.Add(name);
        }
        return names;
    }

    /// <summary>A web page or a compressed file is reported as what it is, and not by a strange name in its header.</summary>
    private void RequireTable()
    {
        var format = FileFormat.Detect(bytes.AsSpan(0, Math.Min(bytes.Length, FileFormat.BytesNeeded)));
        if (format?.Name is not (null or "text" or "empty"))
        {
            throw new InvalidInputException(
                $"cannot read {Name}", "byte 0", $"it is not a table (CSV), but {format.Description}",
                "Give a text file in UTF-8 with a header line.");
        }
    }

    /// <summary>Binary files and other encodings are reported at once, and not as strange categories later.</summary>
    private void RequireText()
    {
        int at = bytes.AsSpan().IndexOf((byte)0);
        if (at < 0 && Utf8.IsValid(bytes))
            return;
        if (at < 0)
        {
            at = 0;
            while (Rune.DecodeFromUtf8(bytes.AsSpan(at), out _, out int consumed) == System.Buffers.OperationStatus.Done)
                at += consumed;
        }
        long line = bytes.AsSpan(0, at).Count((byte)'\n') + 1;
        throw new InvalidInputException(
            $"cannot read {Name}", $"line {line}, byte {at}", $"byte 0x{bytes[at]:X2} is not part of a text in UTF-8",
            "Save the file as CSV in UTF-8.");
    }
}
