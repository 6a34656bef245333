using System.Globalization;
using System.Text;
using CsvHelper;

namespace Nabla.Tables;

/// <summary>A CSV text that is read anew each time its rows are needed. Malformed text is refused.</summary>
/// <remarks>UTF-8, or UTF-16 or UTF-32 with a byte order mark; plain or compressed (gzip).</remarks>
internal sealed class CsvSource : TableSource
{
    /// <summary>A longer field, in bytes, is taken for a mistake.</summary>
    public const int LongestField = 1 << 16;

    private const int LongestRecord = 1 << 26;
    private const int Lookahead = 1 << 16;

    private static readonly UTF8Encoding UTF8 = new(encoderShouldEmitUTF8Identifier: true);

    /// <summary>What a byte order mark can name. The mark of UTF-32 begins with that of UTF-16.</summary>
    private static readonly Encoding[] Encodings =
    [
        UTF8, new UTF32Encoding(false, true, true), new UTF32Encoding(true, true, true), new UnicodeEncoding(false, true, true),
        new UnicodeEncoding(true, true, true),
    ];

    private readonly Func<Stream> open;
    private readonly bool isCompressed;
    private readonly Encoding? encoding; // null for UTF-8
    private readonly int preambleLength;
    private readonly CsvDialect dialect;
    private readonly CsvReaderOptions options;
    private readonly bool endsWithSeparator;
    private readonly List<string> notices;

    /// <param name="name">What the text is called in messages.</param>
    /// <param name="open">Opens it, from its beginning.</param>
    /// <param name="csv">How it is written.</param>
    /// <exception cref="InvalidInputException">It is empty, is not a text, or has no valid header.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public CsvSource(string name, Func<Stream> open, CsvOptions csv)
    {
        Name = name;
        this.open = open;
        HasHeader = csv.HasHeader;
        byte[] start = Start(open(), FileFormat.BytesNeeded);
        isCompressed = start is [0x1F, 0x8B, ..];
        if (isCompressed)
            start = Start(new DecompressedStream(open()), FileFormat.BytesNeeded);
        var marked = Encodings.FirstOrDefault(candidate => start.AsSpan().StartsWith(candidate.Preamble));
        preambleLength = marked?.Preamble.Length ?? 0;
        encoding = marked == UTF8 ? null : marked;
        if (encoding is null)
            RequireTable(start);
        dialect = CsvDialect.Detect(Start(OpenText(), Lookahead), csv, name);
        notices = [.. dialect.Notices];
        options = new CsvReaderOptions
        {
            Separator = dialect.Separator,
            HasHeader = false, // ReadHeader checks it: the reader would accept a name twice.
            TrimWhitespace = true,
            TrackLineNumbers = true,
            DetectSeparatorHint = false,
            MaxRecordSize = LongestRecord,
            MalformedData = CsvMalformedDataHandling.Throw,
        };
        (Columns, endsWithSeparator) = ReadHeader();
    }

    public override string Name { get; }

    public override IReadOnlyList<string> Columns { get; }

    public override IReadOnlyList<string> Notices => notices;

    public override bool HasHeader { get; }

    public override char? Separator => dialect.Separator;

    public override bool CanBeReadAtOnce => true;

    public override RowLocation Header => new(Name, dialect.SkippedLines + 1, 0);

    public override IEnumerable<TableRow> Rows()
    {
        using var reader = Begin();
        if (HasHeader)
            Advance(reader);
        var row = new CsvRow(this, reader);
        while (Advance(reader))
        {
            int fields = reader.FieldCount;
            if (endsWithSeparator && fields == Columns.Count + 1 && reader.GetSpan(fields - 1).IsEmpty)
                fields--;
            if (fields != Columns.Count)
                throw LocationOf(reader).Error(FieldCount(fields), "Give each row one value for each column; quote text with separators.");
            yield return row;
        }
    }

    private string FieldCount(int fields)
    {
        if (endsWithSeparator && fields == Columns.Count + 1)
            return $"it has a value in column {fields}, which has no name";
        string problem = $"it has {fields} fields, and the header {Columns.Count}";
        return Columns.Count == 1 ? $"{problem} (separated by {SeparatorName(dialect.Separator)})" : problem;
    }

    private RowLocation LocationOf(CsvReader reader) =>
        LocationOf(reader.LineNumber, reader.RowNumber);

    private RowLocation LocationOf(long line, long record) => new(Name, line + dialect.SkippedLines, record - (HasHeader ? 1 : 0));

    private CsvReader Begin()
    {
        var text = OpenText();
        text.ReadExactly(new byte[dialect.SkippedBytes]);
        return CsvReader.Create(text, options);
    }

    private bool Advance(CsvReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException error) when (error.Message.Contains(nameof(CsvReaderOptions.MaxRecordSize), StringComparison.Ordinal))
        {
            throw LocationOf(error.LineNumber, error.RecordNumber).Error(
                $"it is longer than {LongestRecord >> 20} MB",
                "Check whether a closing quotation mark is missing, and whether each row ends with its line.", error);
        }
        catch (CsvFormatException error)
        {
            throw LocationOf(error.LineNumber, error.RecordNumber).Error(
                "a quotation mark stands where none may stand, or the closing one is missing",
                "Put the whole field into quotation marks, and write those inside it twice.", error);
        }
        catch (InvalidDataException error)
        {
            throw Damaged(error);
        }
    }

    private (List<string> Names, bool EndsWithSeparator) ReadHeader()
    {
        using var reader = Begin();
        if (!Advance(reader))
            throw Header.Error("the file is empty", "Give a file with a header line and at least one row of data.");
        int count = reader.FieldCount;
        if (!HasHeader)
            return ([.. Enumerable.Range(1, count).Select(number => number.ToString(CultureInfo.InvariantCulture))], false);
        bool ends = count > 1 && reader.GetSpan(count - 1).IsEmpty;
        if (ends)
        {
            count--;
            notices.Add($"{Name}: the lines end with a separator ({SeparatorName(dialect.Separator)}), which is ignored.");
        }
        var names = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            string name = reader.GetString(i);
            // The first column of what pandas and R write has row numbers, and no name.
            if (string.IsNullOrWhiteSpace(name))
                name = i == 0 && count > 1 ? "Unnamed: 0" : throw Header.Error($"column {i + 1} has no name", "Name it in the header.");
            if (name.Length > LongestField)
                throw Header.Error($"the name of column {i + 1} has {name.Length} characters", "Is this a CSV file?");
            if (!seen.Add(name))
            {
                throw Header.Error(
                    $"two columns are called {RowLocation.Quote(name)}", ClassName.TryParse(name, out _)
                        ? "If the first line has data and no names, use --no-header; otherwise give each column a name of its own."
                        : "Give each column a name of its own.");
            }
            names.Add(name);
        }
        return (names, ends);
    }

    private static string SeparatorName(char separator) => separator switch
    {
        ',' => "commas",
        ';' => "semicolons",
        '\t' => "tabs",
        '|' => "vertical bars",
        _ => $"\"{separator}\"",
    };

    /// <summary>The text: decompressed, in UTF-8, without a byte order mark.</summary>
    private TextCheckStream OpenText()
    {
        var stream = isCompressed ? new DecompressedStream(open()) : open();
        stream.ReadExactly(new byte[preambleLength]);
        return encoding is null
            ? new TextCheckStream(stream, Name, "UTF-8", preambleLength)
            : new TextCheckStream(
                Encoding.CreateTranscodingStream(stream, encoding, UTF8), Name, encoding.WebName.ToUpperInvariant(), start: null);
    }

    /// <summary>Reads the first bytes of a stream.</summary>
    private byte[] Start(Stream stream, int length)
    {
        using (stream)
        {
            var start = new byte[length];
            try
            {
                return start[..stream.ReadAtLeast(start, length, throwOnEndOfStream: false)];
            }
            catch (InvalidDataException error)
            {
                throw Damaged(error);
            }
        }
    }

    /// <summary>A web page or another file is reported as what it is, and not by a strange name in its header.</summary>
    private void RequireTable(ReadOnlySpan<byte> start)
    {
        var format = FileFormat.Detect(start);
        if (format?.Name is not (null or "text" or "empty"))
        {
            throw new InvalidInputException(
                $"cannot read {Name}", "byte 0", $"it is not a table (CSV), but {format.Description}", "Save the table as CSV.");
        }
    }

    private InvalidInputException Damaged(Exception error) => new(
        $"cannot read {Name}", "its compressed content", $"it is damaged or incomplete ({error.Message})", "Copy the file again.", error);

    private sealed class CsvRow(CsvSource source, CsvReader reader) : TableRow
    {
        public override ReadOnlySpan<byte> this[int column]
        {
            get
            {
                var field = reader.GetSpan(column);
                return field.Length <= LongestField ? field : throw Location.Error(
                    source.Columns[column], $"the value has {field.Length} bytes, and at most {LongestField} are sensible",
                    "Check whether a closing quotation mark is missing.");
            }
        }

        public override RowLocation Location => source.LocationOf(reader);
    }
}
