using System.Globalization;
using System.Text;

namespace Nabla.Tables.Tests;

/// <summary>Tables whose encoded rows stay on disk have the values, the encoding and the notices of those in memory.</summary>
public sealed class OnDiskTableTests
{
    /// <summary>Numbers, dates, categories, missing cells, weights, and more rows than one block holds.</summary>
    private static string Text(int rows)
    {
        var random = new Random(1);
        var text = new StringBuilder("area,built,city,empty,weight,price\n");
        for (int i = 0; i < rows; i++)
        {
            string area = i % 7 == 3 ? "" : (40 + random.Next(160)).ToString(CultureInfo.InvariantCulture);
            string built = i % 11 == 5 ? "NA" : new DateTime(1950, 1, 1).AddDays(random.Next(20_000)).ToString("yyyy-MM-dd", null);
            string price = i % 13 == 4 ? "" : random.NextDouble().ToString("R", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{area},{built},{(i % 3 == 0 ? "Rome" : "Oslo")},,{i % 4},{price}\n");
        }
        return text.ToString();
    }

    [Theory]
    [InlineData("price", "", 20_000)]
    [InlineData("price", "weight", 300)]
    [InlineData("city", "", 2)]
    [InlineData("city", "", 20_000)]
    public void The_rows_are_those_in_memory(string target, string weight, int rows)
    {
        var options = new TableOptions { Targets = [target], WeightColumn = weight.Length > 0 ? weight : null, Only = ["area", "built"] };
        var table = Messy.Table(Text(rows));
        var memory = TableDataset.Fit(table, options);
        var disk = TableDataset.Fit(table, options with { OnDisk = true });
        Assert.Equal((true, false), (memory.Data.Inputs.IsInMemory, disk.Data.Inputs.IsInMemory));
        Assert.Equal(memory.Data.Fingerprint, disk.Data.Fingerprint);
        Assert.Equal(memory.Encoding.ToJson(), disk.Encoding.ToJson());
        Assert.Equal(memory.Notices, disk.Notices);

        int[] some = [.. Enumerable.Range(0, memory.Data.Count).Where(row => row % 5 == 0).Reverse()];
        Assert.Equal(memory.Data.Inputs.Select(some).FloatRow(0), disk.Data.Inputs.Select(some).FloatRow(0));
        Assert.Equal(memory.Data.Select(some).Fingerprint, disk.Data.Select(some).Fingerprint);
        Assert.Equal(memory.Data.Inputs.Quantile(0, 0.25), disk.Data.Inputs.Quantile(0, 0.25));

        var later = memory.Encoding.Encode(table, onDisk: true);
        Assert.Equal(memory.Encoding.Encode(table).Data.Fingerprint, later.Data.Fingerprint);
        Assert.False(later.Data.Inputs.IsInMemory);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_column_is_filled_with_its_own_median(bool onDisk)
    {
        const string Text = "a,b,y\n1.5,10.5,1.5\n,30.5,2.5\n3.5,,3.5\n5.5,50.5,4.5\n";
        var fitted = TableDataset.Fit(Messy.Table(Text), new TableOptions { Targets = ["y"], OnDisk = onDisk });
        Assert.Equal(["a", "a is missing", "b", "b is missing"], fitted.Encoding.FeatureNames);
        Assert.Equal([3.5f, 1, 30.5f, 0], fitted.Data.Inputs.FloatRow(1));
        Assert.Equal([3.5f, 0, 30.5f, 1], fitted.Data.Inputs.FloatRow(2));
    }

    [Theory]
    [InlineData(100, 101, "more")]
    [InlineData(100, 99, "fewer")]
    public void A_table_that_changes_while_it_is_read_is_refused(int first, int later, string expected)
    {
        foreach (bool onDisk in (bool[])[false, true])
        {
            var table = new Table(new ChangingSource(columns: 1, first, later));
            var error = Assert.Throws<InvalidInputException>(
                () => TableDataset.Fit(table, new TableOptions { Targets = ["c0"], OnDisk = onDisk }));
            Assert.Equal($"it had {first} rows when it was read first, and has {expected} now", error.Why);
        }
    }

    [Theory]
    [InlineData(100, 101)]
    [InlineData(100, 0)]
    public void A_table_that_changes_while_several_threads_read_it_is_refused(int first, int later)
    {
        Assert.SkipUnless(Environment.ProcessorCount > 1, "Only one thread reads on one processor.");
        var table = new Table(new ChangingSource(columns: 4, first, later, isReadAtOnce: true));
        var error = Assert.Throws<InvalidInputException>(() => TablePlan.Create(table));
        Assert.Contains("when it was read first", error.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_cannot_be_used_is_refused_as_in_memory()
    {
        const string Text = "a,y\n1,2\nx,3\n";
        var options = new TableOptions { Targets = ["y"], Kinds = new Dictionary<string, ColumnKind> { ["a"] = ColumnKind.Number } };
        string memory = Assert.Throws<InvalidInputException>(() => TableDataset.Fit(Messy.Table(Text), options)).Message;
        options = options with { OnDisk = true };
        Assert.Equal(memory, Assert.Throws<InvalidInputException>(() => TableDataset.Fit(Messy.Table(Text), options)).Message);
    }

    /// <summary>Numbers, in as many rows as are given for the first reading, and for all later ones.</summary>
    private sealed class ChangingSource(int columns, int first, int later, bool isReadAtOnce = false) : TableSource
    {
        private int readings;

        public override string Name => "changing";

        public override IReadOnlyList<string> Columns { get; } = [.. Enumerable.Range(0, columns + 1).Select(i => $"c{i}")];

        public override bool CanBeReadAtOnce => isReadAtOnce;

        public override IEnumerable<TableRow> Rows()
        {
            int rows = Interlocked.Increment(ref readings) == 1 ? first : later;
            var row = new ValueRow(Name, Columns);
            for (int i = 0; i < rows; i++)
            {
                row.Set([.. Columns.Select((_, column) => (object?)(i * 0.5 + column))]);
                yield return row;
            }
        }
    }
}
