using System.Data;

namespace Nabla.Tables.Tests;

/// <summary>Tables from objects, data readers and columns.</summary>
public sealed class TableSourceTests
{
    private sealed record House(double Area, string? City, DateTime Built, bool HasGarden, int? Floors, decimal Price);

    private sealed class Nameless
    {
        public override string? ToString() => null;
    }

    private static readonly House[] Houses =
    [
        new(100.5, "Rome", new DateTime(1990, 5, 1), true, 2, 250_000.5m),
        new(0.1, null, new DateTime(2001, 12, 31), false, null, 99_999m),
        new(1e-7, "Oslo", new DateTime(2010, 1, 1), true, 1, 1_000_000m),
        new(70, "Lima", new DateTime(1950, 6, 7), false, 3, 5.25m),
    ];

    private static readonly TableOptions Price = new() { Targets = ["Price"] };

    private static void Check(Table table)
    {
        var fitted = TableDataset.Fit(table, Price);
        Assert.Equal(
            [
                "Area", "City=Lima", "City=Oslo", "City=Rome", "Built.year", "Built.month", "Built.day", "Built.weekday",
                "Built.day of year", "Built.days", "HasGarden=True", "Floors", "Floors is missing",
            ],
            fitted.Encoding.FeatureNames);
        Assert.Equal([250_000.5, 99_999, 1_000_000, 5.25], fitted.Data.Values.Values.ToArray());
        Assert.Equal([100.5f, 0, 0, 1, 1990, 5, 1, 2, 121, 14_573, 1, 2, 0], fitted.Data.Inputs.Floats[..13].ToArray());
        Assert.Equal(1e-7f, fitted.Data.Inputs.Floats[26]);
    }

    [Fact]
    public void Properties_of_objects_are_columns() => Check(Table.FromRows(Houses));

    [Fact]
    public void Columns_are_named() => Check(Table.FromColumns(new Dictionary<string, System.Collections.IList>
    {
        ["Area"] = Houses.Select(house => house.Area).ToArray(),
        ["City"] = Houses.Select(house => house.City).ToArray(),
        ["Built"] = Houses.Select(house => house.Built).ToArray(),
        ["HasGarden"] = Houses.Select(house => house.HasGarden).ToArray(),
        ["Floors"] = Houses.Select(house => house.Floors).ToArray(),
        ["Price"] = Houses.Select(house => house.Price).ToArray(),
    }));

    [Fact]
    public void A_data_reader_is_read_to_its_end()
    {
        using var table = new DataTable();
        foreach (string name in (string[])["Area", "City", "Built", "HasGarden", "Floors", "Price"])
            table.Columns.Add(name, typeof(object));
        foreach (var house in Houses)
            table.Rows.Add(house.Area, house.City, house.Built, house.HasGarden, house.Floors, house.Price);
        using var reader = table.CreateDataReader();
        Check(Table.FromReader(reader));
    }

    [Fact]
    public void Dictionaries_are_rows()
    {
        var encoding = TableDataset.Fit(Table.FromRows(Houses), Price).Encoding;
        var row = new Dictionary<string, object?> { ["Area"] = 5, ["City"] = "Oslo", ["Built"] = "1950-06-08", ["HasGarden"] = true };
        var inputs = encoding.EncodeInputs(Table.FromRows([row], encoding.Columns.Select(column => column.Name).ToArray()));
        Assert.Equal([5f, 0, 1, 0, 1950, 6, 8, 4, 159, 1, 1, 2, 1], inputs.Features.Floats.ToArray());
    }

    [Fact]
    public void What_is_not_a_table_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Table.FromColumns(new Dictionary<string, System.Collections.IList>()));
        Assert.Throws<ArgumentException>(() => Table.FromColumns(new Dictionary<string, System.Collections.IList>
        {
            ["a"] = (int[])[1, 2],
            ["b"] = (int[])[1],
        }));
        Assert.Throws<ArgumentException>(() => Table.FromRows([new object()]));
        Assert.StartsWith(
            "There is no column.", Assert.Throws<ArgumentException>(() => Table.FromRows([])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Table.FromRows([new Dictionary<string, double> { ["a"] = 1 }]));
        var error = Assert.Throws<InvalidInputException>(() => TableDataset.Fit(
            Table.FromRows(Houses), new TableOptions { Targets = ["price"] }));
        Assert.Equal("its columns", error.Where);
        var rows = Table.FromRows([new { X = 1.0, Y = "1" }, new { X = double.PositiveInfinity, Y = "2" }, new { X = 2.0, Y = "1" }]);
        Assert.Contains(
            "(row 2)", Assert.Throws<InvalidInputException>(() => TableDataset.Fit(rows, new TableOptions { Targets = ["Y"] })).Why,
            StringComparison.Ordinal);
    }

    public static TheoryData<object?, string> Values => new()
    {
        { null, "" },
        { DBNull.Value, "" },
        { "  a b\t", "a b" },
        { double.NaN, "" },
        { float.NaN, "" },
        { 0.1f, "0.10000000149011612" },
        { 0.1, "0.1" },
        { new DateTime(2001, 2, 3), "2001-02-03" },
        { new DateTime(2001, 2, 3, 4, 5, 6, 70), "2001-02-03T04:05:06.07" },
        { new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.FromHours(9)), "2001-02-03T04:05:06" },
        { new DateOnly(2001, 2, 3), "2001-02-03" },
        { 12.50m, "12.50" },
        { new Version(1, 2), "1.2" },
        { new Nameless(), "" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_becomes_text(object? value, string text)
    {
        var table = Table.FromRows([new Dictionary<string, object?> { ["a"] = value }]);
        Assert.Equal([text], Assert.Single(table.ReadRows()));
        Assert.Equal(value is not string, table.Source.Rows().Single().IsTyped(0));
        Assert.Equal("table: 1 columns", table.ToString());
    }

    [Fact]
    public void Half_of_a_character_is_refused_with_its_place()
    {
        foreach (string text in (string[])["a\uD800", "a\uDC00\uD800b"])
        {
            var rows = new[] { "😀", text }.Select(cell => new Dictionary<string, object?> { ["a"] = cell });
            var error = Assert.Throws<InvalidInputException>(() => Table.FromRows(rows).ReadRows().Last());
            Assert.Equal(("row 2, column \"a\"", "the text has an unpaired surrogate"), (error.Where, error.Why));
            error = Assert.Throws<InvalidInputException>(() => Table.FromCsv(new StringReader("x\n" + text)));
            Assert.Equal(("character 3", "it is an unpaired surrogate"), (error.Where, error.Why));
        }
    }

    [Fact]
    public void Objects_are_read_by_one_thread_at_a_time_and_texts_by_several()
    {
        var source = Table.FromRows([new { X = 1 }]).Source;
        Assert.Equal((false, true, null), (source.CanBeReadAtOnce, source.HasHeader, source.Separator));
        Assert.Empty(source.Notices);
        Assert.True(Messy.Table("a\n1\n").Source.CanBeReadAtOnce);
    }

    [Fact]
    public void A_column_that_is_missing_is_named_with_those_that_are_there()
    {
        string longName = new('x', 41);
        string[] columns = [longName, .. Enumerable.Range(1, 30).Select(i => $"c{i}")];
        var error = Assert.Throws<InvalidInputException>(() => Table.FromRows([], columns).IndexOf("C1"));
        Assert.Equal(("cannot read table", "its columns"), (error.What, error.Where));
        string shown = string.Join(", ", Enumerable.Range(1, 29).Select(i => $"\"c{i}\""));
        Assert.Equal($"it has no column \"C1\"; it has \"{longName[1..]}…\", {shown} and 1 more", error.Why);
        Assert.StartsWith("Add the column", error.Remedy, StringComparison.Ordinal);
        Assert.StartsWith(
            "If its fields are separated by spaces",
            Assert.Throws<InvalidInputException>(() => Table.FromRows([], ["a b"]).IndexOf("a")).Remedy, StringComparison.Ordinal);
        foreach (string[] others in (string[][])[["ab"], ["a b", "c d"]])
        {
            Assert.StartsWith(
                "Add the column",
                Assert.Throws<InvalidInputException>(() => Table.FromRows([], others).IndexOf("a")).Remedy, StringComparison.Ordinal);
        }
        Assert.DoesNotContain(
            "more", Assert.Throws<InvalidInputException>(() => Table.FromRows([], columns[1..]).IndexOf("C1")).Why,
            StringComparison.Ordinal);
    }
}
