using System.Text;

namespace Nabla.Tables.Tests;

public sealed class CsvDialectTests
{
    [Theory]
    [InlineData("", ',', 0, 0)]
    [InlineData("a", ',', 0, 0)]
    [InlineData("a;b,c;d", ';', 0, 0)]
    [InlineData("a;b,c", ',', 0, 0)] // a tie
    [InlineData("a;b|c", ';', 0, 0)]
    [InlineData("a\tb\n1,2,3", '\t', 0, 0)]
    [InlineData("\"a,b,c\"|d\n", '|', 0, 0)]
    [InlineData("\"a\nb,c\"|d\n", '|', 0, 0)]
    [InlineData("\n\r\n \t\r\ra;b", ';', 7, 4)]
    [InlineData("  ", ',', 0, 0)]
    [InlineData("  a;b", ';', 0, 0)]
    [InlineData("sep=;\na,b,c", ';', 6, 1)]
    [InlineData("SEP=\t\r\na,b,c", '\t', 7, 1)]
    [InlineData("sep=,\ra;b", ',', 6, 1)]
    [InlineData("sep=;", ';', 5, 1)]
    [InlineData("sep=", ',', 0, 0)]
    [InlineData("sep=\na;b", ',', 0, 0)]
    [InlineData("sep=x,y\n", ',', 0, 0)]
    [InlineData("set=;\n", ';', 0, 0)]
    [InlineData("\nsep=;\na", ';', 7, 2)]
    public void The_first_line_decides(string text, char separator, int bytes, int lines) =>
        RequireDialect(text, new CsvOptions(), separator, bytes, lines);

    [Theory]
    [InlineData("sep=;\na,b", '|', 6, 1)]
    [InlineData("a,b", '|', 0, 0)]
    public void A_separator_that_is_known_is_taken(string text, char separator, int bytes, int lines) =>
        RequireDialect(text, new CsvOptions { Separator = separator }, separator, bytes, lines);

    [Theory]
    [InlineData("# a\nb;c\n", 4, 1, "t: 1 comment (#) before the header is skipped.")]
    [InlineData("# a\r\n\r\n#\r\nb;c\n", 10, 3, "t: 2 comments (#) before the header are skipped.")]
    [InlineData("# a \"quote\nb;c\n", 11, 1, "t: 1 comment (#) before the header is skipped.")]
    [InlineData("# a;b;c\nb;c\n", 8, 1, "t: 1 comment (#) before the header is skipped.")]
    [InlineData("#a;b\nb;c\n", 0, 0, null)]
    [InlineData("\n# only", 1, 1, null)]
    [InlineData("# only\n# these\n", 0, 0, null)]
    public void A_comment_has_another_number_of_separators_than_the_table(string text, int bytes, int lines, string? notice)
    {
        var dialect = Detect(text, new CsvOptions());
        Assert.Equal((bytes, lines), (dialect.SkippedBytes, dialect.SkippedLines));
        Assert.Equal(notice is null ? [] : [notice], dialect.Notices);
        dialect = Detect(text, new CsvOptions { HasHeader = false });
        Assert.Equal(text[0] == '\n' ? 1 : 0, dialect.SkippedLines);
        Assert.Empty(dialect.Notices);
    }

    private static void RequireDialect(string text, CsvOptions options, char separator, int bytes, int lines)
    {
        var dialect = Detect(text, options);
        Assert.Equal((separator, bytes, lines), (dialect.Separator, dialect.SkippedBytes, dialect.SkippedLines));
        Assert.Empty(dialect.Notices);
    }

    private static CsvDialect Detect(string text, CsvOptions options) => CsvDialect.Detect(Encoding.UTF8.GetBytes(text), options, "t");
}
