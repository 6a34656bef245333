using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Nabla.Tables.Tests;

public sealed class CsvSourceTests
{
    private static InvalidInputException ErrorOf(byte[] bytes) =>
        Assert.Throws<InvalidInputException>(() => TablePlan.Create(Messy.Table(bytes)));

    private static InvalidInputException ErrorOf(string text) => ErrorOf(Encoding.UTF8.GetBytes(text));

    [Theory]
    [InlineData("", "line 1 (the header)", "the file is empty")]
    [InlineData("a,b\n1,2\n\n3,4,5\n", "line 4 (data row 2)", "it has 3 fields, and the header 2")]
    [InlineData("a,b\n\"x\ny\",2\n3\n", "line 4 (data row 2)", "it has 1 fields, and the header 2")]
    [InlineData("# c\nsep=;\na;b\n1;2\n3\n", "line 5 (data row 2)", "it has 1 fields, and the header 2")]
    [InlineData("a,b\n1,2\nx\"y,4\n", "line 3 (data row 2)", "a quotation mark stands where none may stand, or the closing one is missing")]
    [InlineData("\"a,b\n1,2\n", "line 1 (the header)", "a quotation mark stands where none may stand, or the closing one is missing")]
    [InlineData("a,b,\n1,2,3\n", "line 2 (data row 1)", "it has a value in column 3, which has no name")]
    [InlineData("a\n1,2\n", "line 2 (data row 1)", "it has 2 fields, and the header 1 (separated by commas)")]
    [InlineData("sep=;\na\n1;2\n", "line 3 (data row 1)", "it has 2 fields, and the header 1 (separated by semicolons)")]
    [InlineData("sep=\t\na\n1\t2\n", "line 3 (data row 1)", "it has 2 fields, and the header 1 (separated by tabs)")]
    [InlineData("sep=|\na\n1|2\n", "line 3 (data row 1)", "it has 2 fields, and the header 1 (separated by vertical bars)")]
    [InlineData("sep=^\na\n1^2\n", "line 3 (data row 1)", "it has 2 fields, and the header 1 (separated by \"^\")")]
    [InlineData("a,a\n1,2\n", "line 1 (the header)", "two columns are called \"a\"")]
    [InlineData("a,,b\n1,2,3\n", "line 1 (the header)", "column 2 has no name")]
    [InlineData("\"\"\n1\n", "line 1 (the header)", "column 1 has no name")]
    [InlineData("1,1\n1,2\n", "line 1 (the header)", "two columns are called \"1\"")]
    [InlineData(",Unnamed: 0\n1,2\n", "line 1 (the header)", "two columns are called \"Unnamed: 0\"")]
    [InlineData("a,b\n1,\0\n", "line 2, byte 6", "byte 0x00 is not part of a text in UTF-8")]
    public void A_malformed_text_names_the_place(string text, string where, string why)
    {
        var error = ErrorOf(text);
        Assert.Equal("cannot read data.csv", error.What);
        Assert.Equal((where, why), (error.Where, error.Why));
    }

    [Fact]
    public void A_row_without_an_end_is_refused_and_not_taken_for_a_quotation_mark()
    {
        byte[] bytes = new byte[100 << 20];
        bytes.AsSpan().Fill((byte)'1');
        "a,b\n"u8.CopyTo(bytes);
        var error = ErrorOf(bytes);
        Assert.Equal(("line 2 (data row 1)", "it is longer than 64 MB"), (error.Where, error.Why));
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_found_where_they_are()
    {
        var error = ErrorOf([.. "a,b\n1,2\nGr"u8, 0xFC, .. "n,3\n"u8]);
        Assert.Equal(("line 3, byte 10", "byte 0xFC is not part of a text in UTF-8"), (error.Where, error.Why));
    }

    [Fact]
    public void A_character_may_be_divided_between_two_parts_of_the_text()
    {
        // Characters of 2, 3 and 4 bytes at every offset of the parts in which the text is read.
        string rows = string.Concat(Enumerable.Range(0, 60_000).Select(i => $"ä€😀{(i % 3 == 0 ? "x" : "")},{i % 2}\n"));
        var fitted = Messy.Fit("a,y\nb,0\n" + rows);
        Assert.Equal(60_001, fitted.Data.Count);
        byte[] truncated = [.. "a,b\n1,2\n3,"u8, 0xE2, 0x82];
        Assert.Equal("byte 0xE2 is not part of a text in UTF-8", ErrorOf(truncated).Why);
    }

    [Fact]
    public void The_encodings_of_a_byte_order_mark_are_read()
    {
        foreach (var encoding in (Encoding[])[Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32])
        {
            byte[] bytes = [.. encoding.Preamble, .. encoding.GetBytes("größe,y\n1,a\n2,b\n")];
            Assert.Equal(["größe", "y"], Messy.Table(bytes).Columns);
            Assert.Equal(2, TablePlan.Create(Messy.Table(bytes)).RowCount);
        }
    }

    [Theory]
    [InlineData("utf-16", new byte[] { 0x00, 0xD8 }, "00D8")] // an unpaired surrogate
    [InlineData("utf-16BE", new byte[] { 0xD8, 0x00 }, "D800")]
    [InlineData("utf-32", new byte[] { 0x00, 0xD8, 0x00, 0x00 }, "00D80000")]
    [InlineData("utf-32BE", new byte[] { 0x00, 0x11, 0x00, 0x00 }, "00110000")] // too large
    public void Bytes_that_are_no_character_are_refused_in_every_encoding(string name, byte[] wrong, string digits)
    {
        var encoding = Encoding.GetEncoding(name);
        name = name.ToUpperInvariant();
        byte[] table = [.. encoding.Preamble, .. encoding.GetBytes("a,y\n1,ö\n2,")], end = encoding.GetBytes("z\n");
        Assert.Equal(2, TablePlan.Create(Messy.Table([.. table, .. end])).RowCount);
        Check([.. table, .. wrong, .. end], "line 1 or later", $"bytes 0x{digits} are not part of a text in {name}");
        Check([.. table, .. end, .. wrong[..1]], "line 4 or later", $"bytes 0x{digits[..2]} are not part of a text in {name}");
        Check([.. table, .. encoding.GetBytes("\0\n")], "line 3", $"byte 0x00 is not part of a text in {name}");

        static void Check(byte[] bytes, string where, string why)
        {
            var error = ErrorOf(bytes);
            Assert.Equal((where, why), (error.Where, error.Why));
        }
    }

    [Fact]
    public void A_byte_order_mark_does_not_move_the_place_of_an_error() => Assert.Equal(
        ("line 2, byte 8", "byte 0xFF is not part of a text in UTF-8"),
        ErrorOf([0xEF, 0xBB, 0xBF, .. "a,y\n1"u8, 0xFF, .. "\n"u8]) is var error ? (error.Where, error.Why) : default);

    [Fact]
    public void Compressed_text_is_read()
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes("x,y\n1,a\n2,b\n"));
        byte[] bytes = compressed.ToArray();
        Assert.Equal(2, TablePlan.Create(Messy.Table(bytes)).RowCount);
        bytes[bytes.Length / 2] ^= 0x55;
        Assert.IsType<InvalidInputException>(Record.Exception(() => TablePlan.Create(Messy.Table(bytes))));
    }

    [Fact]
    public void Compressed_text_that_ends_early_is_refused_wherever_it_ends()
    {
        var text = new StringBuilder("x,y\n");
        for (int i = 0; i < 40; i++)
            text.Append(CultureInfo.InvariantCulture, $"{i * 7919 % 1000},{(i % 2 == 0 ? "a" : "b")}\n");
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text.ToString()));
        byte[] bytes = compressed.ToArray();
        Assert.Equal(40, TablePlan.Create(Messy.Table(bytes)).RowCount);
        Assert.Equal(80, TablePlan.Create(Messy.Table([.. bytes, .. Compressed("1,a\n", 40)])).RowCount);
        for (int length = 2; length < bytes.Length; length++)
            Assert.IsType<InvalidInputException>(Record.Exception(() => TablePlan.Create(Messy.Table(bytes[..length]))));

        static byte[] Compressed(string row, int times)
        {
            using var stream = new MemoryStream();
            using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
                gzip.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(row, times))));
            return stream.ToArray();
        }
    }

    [Theory]
    [InlineData("\n\n a;b\n1;2\n", true, "a,b: 1,2")]
    [InlineData("# say \"hi\" there\na;b\n1;2\n", true, "a,b: 1,2")]
    [InlineData("# one\n# two, three\n\nsep=;\na;b\n1;2\n", true, "a,b: 1,2")]
    [InlineData("# a comment, of one comma\n# a,b\n\n#\na;b;c\n1;2;3\n", true, "a,b,c: 1,2,3")]
    [InlineData("# made by numpy\n# a,b\n1,2\n", true, "# a,b: 1,2")]
    [InlineData("#id,y\n#1,n\nk1,y\n", true, "#id,y: #1,n k1,y")]
    [InlineData("#id,y\n#1,n\n#2,y\n", true, "#id,y: #1,n #2,y")]
    [InlineData("#1,0\n#2,1\nk1,1\n", false, "1,2: #1,0 #2,1 k1,1")]
    [InlineData("1,2\n3,4,\n", false, "line 2 (data row 2): it has 3 fields, and the header 2")]
    [InlineData("#1,0,3\nk1,1\n", false, "line 2 (data row 2): it has 2 fields, and the header 3")]
    public void Lines_before_the_header_are_skipped_and_rows_are_not(string text, bool hasHeader, string expected)
    {
        string read;
        try
        {
            var table = Table.FromCsv(new StringReader(text), new CsvOptions { HasHeader = hasHeader });
            read = $"{string.Join(',', table.Columns)}: {string.Join(' ', table.ReadRows().Select(row => string.Join(',', row)))}";
        }
        catch (InvalidInputException error)
        {
            read = $"{error.Where}: {error.Why}";
        }
        Assert.Equal(expected, read);
    }

    [Fact]
    public void A_huge_field_is_refused()
    {
        var error = ErrorOf($"a,b\n1,2\n{new string('x', 70_000)},3\n");
        Assert.Equal(
            ("line 3 (data row 2), column \"a\"", "the value has 70000 bytes, and at most 65536 are sensible"), (error.Where, error.Why));
    }

    [Fact]
    public void A_huge_name_is_refused()
    {
        Assert.Equal(
            ("line 1 (the header)", "the name of column 2 has 65537 characters"),
            ErrorOf($"a,{new string('x', 65_537)}\n1,2\n") is var error ? (error.Where, error.Why) : default);
        Assert.Equal(65_536, Messy.Table($"a,{new string('x', 65_536)}\n1,2\n").Columns[1].Length);
    }

    [Fact]
    public void The_first_of_several_errors_is_reported_whichever_thread_meets_it()
    {
        string huge = new('x', 70_000);
        string text = $"a,b,c\n1,2,3\n1,{huge},3\n{huge},2,3\n1,2\n";
        for (int i = 0; i < 20; i++)
            Assert.Equal("line 3 (data row 2), column \"b\"", ErrorOf(text).Where);
    }

    [Theory]
    [InlineData("<!DOCTYPE html>\n<html>404</html>\n", "a web page (HTML), as a failed download leaves behind")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "a Git LFS pointer: the content was never fetched")]
    [InlineData("[{\"w\":1},{\"w\":2}]", "a JSON file: save the table as CSV")]
    [InlineData("% about it\n@RELATION iris\n@DATA\n1,2\n", "an ARFF file, as Weka writes it: save it as CSV")]
    public void A_file_of_another_format_is_named(string text, string format) =>
        Assert.Equal($"it is not a table (CSV), but {format}", ErrorOf(text).Why);

    [Fact]
    public void A_table_without_a_header_has_numbers_for_names()
    {
        var table = Messy.Table("5,0,x\n6,1,y\n", new CsvOptions { HasHeader = false });
        Assert.Equal(["1", "2", "3"], table.Columns);
        var fitted = TableDataset.Fit(table, new TableOptions { Targets = ["3"] });
        Assert.Equal(2, fitted.Data.Count);
        Assert.False(TableEncoding.FromJson(fitted.Encoding.ToJson()).HasHeader);
        Assert.Equal("x=number -> a|b, 2 rows", Messy.Outcome("x y\n1 a\n2 b\n", options: new CsvOptions { Separator = ' ' }));
    }

    [Fact]
    public void A_first_line_of_numbers_is_doubted()
    {
        Assert.Contains(Messy.Fit("1,2,y\n3,4,a\n5,6,b\n").Notices, notice => notice.Contains("--no-header", StringComparison.Ordinal));
        Assert.DoesNotContain(
            Messy.Fit("p,2,y\n3,4,a\n5,6,b\n").Notices, notice => notice.Contains("--no-header", StringComparison.Ordinal));
    }

    [Fact]
    public void A_name_is_found_however_its_accents_are_composed()
    {
        var table = Messy.Table("gro\u0308\u00DFe,y\n1,a\n2,b\n");
        Assert.Equal(["größe"], TableDataset.Fit(table, new TableOptions { Targets = ["y"], Only = ["größe"] }).Encoding.FeatureNames
            .Select(name => name.Replace("o\u0308", "ö", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_disk_error() =>
        Assert.ThrowsAny<IOException>(() => Table.FromCsv("/nowhere/data.csv"));

    [Fact]
    public void A_file_is_read_anew_and_a_stream_once()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "x,y\n1,a\n2,b\n");
            var table = Table.FromCsv(path);
            Assert.Equal(Path.GetFileName(path), table.Name);
            Assert.Equal("data: 1 columns", Table.FromCsv(path, new CsvOptions { Separator = ';' }, "data").ToString());
            Assert.Equal(2, TablePlan.Create(table).RowCount);
            File.AppendAllText(path, "3,a\n");
            Assert.Equal(3, TablePlan.Create(table).RowCount);
            using var reader = new StreamReader(path);
            Assert.Equal(3, TablePlan.Create(Table.FromCsv(reader)).RowCount);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
