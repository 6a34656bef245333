using System.Text;
using Nabla.Tables;

namespace Nabla.Fuzz;

/// <summary>Tables in CSV.</summary>
internal sealed class CsvTarget : FuzzTarget
{
    private const string Plain = "length,colour,day,species\n"
        + "1.5,red,2024-05-31,iris\n-2,\"wh\"\"ite, or\",2024-06-01,rose\n,blue,,iris\n3e5,red,2023-01-01,rose\n";

    private readonly Mutator mutator;

    public CsvTarget()
    {
        byte[] text = Encoding.UTF8.GetBytes(Plain);
        Samples =
        [
            text, Encoding.UTF8.GetBytes(Plain.Replace(',', ';').Replace('.', ',').Replace("\n", "\r\n", StringComparison.Ordinal)),
            Encoding.UTF8.GetBytes("x\ty\n1\t2\n3\t4\n"), Encoding.UTF8.GetBytes("\uFEFFé,b,c,\n1,\"two\nlines\",x,\n2,,y,\n"),
            [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Plain)], ArrayMaker.Gzip(text), Encoding.UTF8.GetBytes("a|b\n1|\n2|NaN\n"),
        ];
        mutator = new(
            Samples, "\"", "\"\"", ",", ";", "\t", "|", "\n", "\r", "\r\n", "sep=;\n", "NaN", "inf", "-", "1,5", "1.234.567,8",
                "31.12.2024", "12/31/2024",
            "2024-02-30", "0001-01-01", "9999-12-31", "12.5%", "$1", " ", "\xA0", "\xEF\xBB\xBF", "\xFF\xFE", "\0", "=1+1", "true", "?",
            "N/A",
            "\xE2\x80\xAE", "\u001b[2J", "1e400", "0x10", "\xC3\xA9");
    }

    public override string Name => "csv";

    /// <summary>The text is opened for the encoding, the separator and the header, each time with buffers of 64 KiB.</summary>
    public override long FixedBytes => 512 << 10;

    public override IReadOnlyList<byte[]> Samples { get; }

    public override byte[] Make(Rng rng)
    {
        byte[] changed = mutator.Mutate(rng.Pick(Samples), rng);
        return rng.OneIn(20) ? ArrayMaker.Gzip(changed) : changed;
    }

    public override object Read(byte[] file) => Content.Of(file, null);

    public override long DecodedBytes(byte[] file, object? result) =>
        (file is [0x1F, 0x8B, ..] ? Inflating.GzipBytes(file) : 2L * file.Length) + (result as Content)?.Bytes ?? 0;

    public override string? WhyNotRepeated(object result)
    {
        var before = (Content)result;
        Use(before);
        var after = Content.Of(before.Write(), before.Separator);
        if (!before.Columns.SequenceEqual(after.Columns))
            return $"has the columns {string.Join('|', before.Columns)}, and then {string.Join('|', after.Columns)}";
        return before.Rows.Count == after.Rows.Count && before.Rows.Zip(after.Rows).All(pair => pair.First.SequenceEqual(pair.Second))
            ? null
            : "has other rows when it is read again";
    }

    /// <summary>What is accepted can be prepared for training, or is refused.</summary>
    private static void Use(Content content)
    {
        try
        {
            var data = TableDataset.Fit(content.Table, new TableOptions { Targets = [content.Columns[^1]] });
            TableEncoding.FromJson(data.Encoding.ToJson());
        }
        catch (NablaException)
        {
            // Not every table can be trained on.
        }
    }

    /// <summary>All cells of a table.</summary>
    private sealed record Content(Table Table, IReadOnlyList<string> Columns, List<string[]> Rows)
    {
        private const int BytesPerCell = 64;

        public char Separator => Table.Separator!.Value;

        public long Bytes => Rows.Sum(row => row.Sum(cell => 2L * cell.Length + BytesPerCell));

        public static Content Of(byte[] file, char? separator)
        {
            var table = Table.FromCsv(new MemoryStream(file), new CsvOptions { Separator = separator });
            var rows = new List<string[]>();
            foreach (var row in table.Source.Rows())
            {
                var cells = new string[table.Columns.Count];
                for (int column = 0; column < cells.Length; column++)
                    cells[column] = Encoding.UTF8.GetString(row[column]);
                rows.Add(cells);
            }
            return new Content(table, table.Columns, rows);
        }

        public byte[] Write()
        {
            var text = new StringBuilder();
            foreach (var row in Rows.Prepend([.. Columns]))
                text.AppendJoin(Separator, row.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append('\n');
            return Encoding.UTF8.GetBytes(text.ToString());
        }
    }
}
