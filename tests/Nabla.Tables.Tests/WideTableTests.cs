using System.Text;

namespace Nabla.Tables.Tests;

/// <summary>Tables of very many columns or categories: they take memory in proportion to their text, and not to its square.</summary>
public sealed class WideTableTests
{
    private const int Columns = 2_000;

    [Fact]
    public void Columns_that_are_written_differently_are_found_without_searching_all()
    {
        var encoding = new TableEncoding(
            [.. Enumerable.Range(0, Columns).Select(i => new NumberEncoding($"\u00F6{i}", NumberFormat.Plain, 0, 0, false))], ["y"], null);
        var columns = Enumerable.Range(0, Columns).ToDictionary(i => $"o\u0308{i}", i => (System.Collections.IList)new[] { i });
        var table = Table.FromColumns(columns);
        long allocated = Allocated(() => Assert.Equal(1999f, encoding.EncodeInputs(table).Features.Floats[1999]));
        Assert.InRange(allocated, 0, Columns * 2_000L);
    }

    [Fact]
    public void A_column_takes_little_memory()
    {
        var columns = Enumerable.Range(0, Columns).ToDictionary(i => $"{i}", _ => (System.Collections.IList)new[] { "1" });
        var table = Table.FromColumns(columns);
        TablePlan.Create(table); // compiles
        long allocated = Allocated(() => Assert.Equal(Columns, TablePlan.Create(table).Columns.Count));
        Assert.InRange(allocated, 0, Columns * 1_400L);
    }

    [Fact]
    public void Many_categories_in_many_rows_are_refused_before_they_take_memory()
    {
        string[] categories = [.. Enumerable.Range(0, 30_000).Select(i => $"k{i}")];
        var encoding = new TableEncoding([new CategoryEncoding("c", categories)], ["y"], null);
        Assert.Equal(30_000, encoding.EncodeInputs(Messy.Table("c\nk1\n")).Features.Columns);
        var text = new StringBuilder("c\n");
        foreach (string category in categories.Take(560))
            text.Append(category).Append('\n');
        var error = Assert.Throws<InvalidInputException>(() => encoding.EncodeInputs(Messy.Table(text.ToString())));
        Assert.Equal("560 rows of 30000 features are more than 16777216 values", error.Why);
    }

    [Fact]
    public void As_many_features_as_a_plan_makes_are_not_refused()
    {
        string[] categories = [.. Enumerable.Range(0, 256).Select(i => $"k{i}")];
        var encoding = new TableEncoding([new CategoryEncoding("c", categories)], ["y"], null);
        string text = "c\n" + string.Concat(Enumerable.Repeat("k1\n", (1 << 16) + 1));
        Assert.Equal((1 << 16) + 1, encoding.EncodeInputs(Messy.Table(text)).Features.Rows);
    }

    private static long Allocated(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
