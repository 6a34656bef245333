using System.Text;
using Nabla.Explain;
using Nabla.Tables;

namespace Nabla.Report.Tests.Explain;

/// <summary>The features of a row can be read as the values of its columns.</summary>
public sealed class RowValueTests
{
    private const string Csv =
        """
        size,colour,kind,day,y
        1.5,red,a,2024-03-01,low
        250000,green,b,2023-12-24,high
        ,blue,a,,low
        3,,b,2024-02-29,high

        """;

    [Fact]
    public void Numbers_categories_dates_and_missing_values_are_read_back()
    {
        var table = Table.FromCsv(new MemoryStream(Encoding.UTF8.GetBytes(Csv)), name: "rows.csv");
        var fitted = TableDataset.Fit(table, new TableOptions { Targets = ["y"] });
        var first = RowValue.Read(fitted.Encoding, fitted.Data.Inputs, 0);
        Assert.Equal(["size", "colour", "kind", "day"], first.Select(value => value.Column));
        string?[][] expected =
        [
            ["1.5", "red", "a", "2024-03-01"], ["250000", "green", "b", "2023-12-24"], [null, "blue", "a", null],
            ["3", null, "b", "2024-02-29"],
        ];
        for (int row = 0; row < expected.Length; row++)
            Assert.Equal(expected[row], RowValue.Read(fitted.Encoding, fitted.Data.Inputs, row).Select(value => value.Text));
    }

    [Theory]
    [InlineData("1699999898.906", "1700000003.1")]
    [InlineData("123405.57", "98765.43")]
    [InlineData("20240101.25", "20240102.5")]
    [InlineData("0.1", "0.7")]
    [InlineData("-0.000123", "1E+30")]
    public void Numbers_keep_the_digits_that_they_have(string first, string second)
    {
        var table = Table.FromCsv(new MemoryStream(Encoding.UTF8.GetBytes($"x,y\n{first},a\n{second},b\n")), name: "rows.csv");
        var fitted = TableDataset.Fit(table, new TableOptions { Targets = ["y"] });
        Assert.Equal(
            [first, second], new[] { 0, 1 }.Select(row => RowValue.Read(fitted.Encoding, fitted.Data.Inputs, row).Single().Text));
    }

    [Fact]
    public void Other_features_are_refused()
    {
        var (data, encoding) = Samples.Table(20);
        Assert.Throws<ArgumentOutOfRangeException>(() => RowValue.Read(encoding, data.Inputs, 20));
        Assert.Throws<ArgumentException>(() => RowValue.Read(encoding, Samples.Points(3).Inputs, 0));
    }
}
