using System.Text;

namespace Nabla.Tables.Tests;

public sealed class CsvTableTests
{
    private static CsvTable Read(string text) => CsvTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "data.csv");

    private static InvalidInputException ErrorOf(string text) => Assert.Throws<InvalidInputException>(() => Read(text));

    [Fact]
    public void Types_are_found_from_all_values()
    {
        CsvTable table = Read("number,text,late\n1,a,2\n-2.5e-3,b,x\n +4 ,,3\n");
        Assert.Equal(["number: numbers", "text: texts, 1 missing", "late: texts"], table.Columns.Select(column => column.ToString()));
        Assert.Equal(("x", 3L), table.Columns[2].FirstText);
        Assert.Equal("data.csv: 3 rows, 3 columns", table.ToString());
    }

    [Theory]
    [InlineData("1,5")]
    [InlineData("0x10")]
    [InlineData("1_000")]
    [InlineData("$3")]
    public void What_only_looks_like_a_number_is_text(string value) => Assert.False(Read($"a\n\"{value}\"\n").Columns[0].IsNumeric);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("NA")]
    [InlineData("nan")]
    [InlineData("NULL")]
    [InlineData("n/a")]
    [InlineData("?")]
    public void Missing_values_have_no_type(string value) =>
        Assert.Equal("a: numbers, 1 missing", Read($"a,b\n{value},1\n2,2\n").Columns[0].ToString());

    [Theory]
    [InlineData("a,b;c\n1,2\n", ',')]
    [InlineData("a;b;c,d\n1;2;3\n", ';')]
    [InlineData("a\tb\n1\t2\n", '\t')]
    [InlineData("a\n1\n", ',')]
    [InlineData("\"a;b;c\",d\n1,2\n", ',')]
    public void The_separator_is_the_most_frequent_of_the_header(string text, char separator) =>
        Assert.Equal(separator, Read(text).Separator);

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_name() => Assert.Equal("a", Read("\uFEFFa,b\n1,2\n").Columns[0].Name);

    [Fact]
    public void Line_ends_may_be_those_of_any_system_or_missing_at_the_end()
    {
        foreach (string text in (string[])["a,b\r\n1,2\r\n3,4", "a,b\n1,2\n3,4\n", "a,b\r1,2\r3,4", "a,b\n\n1,2\n\n\n3,4\n\n"])
            Assert.Equal(2, Read(text).RowCount);
    }

    [Fact]
    public void Quotes_hold_separators_line_ends_and_quotes()
    {
        CsvTable table = Read("\"a, b\",c\n\"x\n\"\"y\"\"\",1\n");
        Assert.Equal("a, b", table.Columns[0].Name);
        Assert.Equal(("x\n\"y\"", 2L), table.Columns[0].FirstText);
    }

    [Theory]
    [InlineData("", "line 1 (the header)", "the file is empty")]
    [InlineData("\uFEFF", "line 1 (the header)", "the file is empty")]
    [InlineData("\n\n", "line 1 (the header)", "the file is empty")]
    [InlineData("a,b\n", "line 1 (the header)", "only the header is there")]
    [InlineData("a,,c\n1,2,3\n", "line 1 (the header)", "column 2 has no name")]
    [InlineData("a,b,a\n1,2,3\n", "line 1 (the header)", "two columns are called \"a\"")]
    [InlineData("a,b\n1,2\n3\n", "line 3 (data row 2)", "it has 1 fields, and the header 2")]
    [InlineData("a,b\n1,2\n\n3,4,5\n", "line 4 (data row 2)", "it has 3 fields, and the header 2")]
    [InlineData("a,b\n\"x\ny\",2\n3\n", "line 4 (data row 2)", "it has 1 fields, and the header 2")]
    [InlineData("a,b\n1,\"2\n3,4\n", "line 2 (data row 1)", "a quotation mark stands where none may stand, or the closing one is missing")]
    [InlineData("a,b\n1,2\nx\"y,4\n", "line 3 (data row 2)", "a quotation mark stands where none may stand, or the closing one is missing")]
    [InlineData(
        "a,b\n1,2\n\"x\"y,4\n", "line 3 (data row 2)", "a quotation mark stands where none may stand, or the closing one is missing")]
    [InlineData("\"a,b\n1,2\n", "line 1 (the header)", "a quotation mark stands where none may stand, or the closing one is missing")]
    [InlineData("a,b\n1,\0\n", "line 2, byte 6", "byte 0x00 is not part of a text in UTF-8")]
    public void A_malformed_file_names_the_place(string text, string where, string why)
    {
        InvalidInputException error = ErrorOf(text);
        Assert.Equal("cannot read data.csv", error.What);
        Assert.Equal((where, why), (error.Where, error.Why));
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_found_where_they_are()
    {
        byte[] latin1 = [.. "a,b\n1,2\nGr"u8, 0xFC, .. "n,3\n"u8];
        var error = Assert.Throws<InvalidInputException>(() => CsvTable.Read(new MemoryStream(latin1), "data.csv"));
        Assert.Equal(("line 3, byte 10", "byte 0xFC is not part of a text in UTF-8"), (error.Where, error.Why));
    }

    [Fact]
    public void UTF_16_is_refused()
    {
        byte[] utf16 = [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("a,b\n1,2\n")];
        var error = Assert.Throws<InvalidInputException>(() => CsvTable.Read(new MemoryStream(utf16), "data.csv"));
        Assert.Equal("Save the file as CSV in UTF-8.", error.Remedy);
    }

    [Fact]
    public void A_huge_field_is_refused()
    {
        InvalidInputException error = ErrorOf($"a,b\n1,2\n{new string('x', 70_000)},3\n");
        Assert.Equal(
            ("line 3 (data row 2), column \"a\"", "the value has 70000 bytes, and at most 65536 are sensible"), (error.Where, error.Why));
    }

    [Theory]
    [InlineData("<!DOCTYPE html>\n<html>404</html>\n", "a web page (HTML), as a failed download leaves behind")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "a Git LFS pointer: the content was never fetched")]
    public void A_file_of_another_format_is_named(string text, string format) =>
        Assert.Equal($"it is not a table (CSV), but {format}", ErrorOf(text).Why);

    [Fact]
    public void A_file_that_is_not_there_is_a_disk_error() => Assert.ThrowsAny<IOException>(() => CsvTable.Read("/nowhere/data.csv"));
}
