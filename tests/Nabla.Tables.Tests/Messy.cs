using System.Text;

namespace Nabla.Tables.Tests;

/// <summary>Reads tables for tests.</summary>
internal static class Messy
{
    public static Table Table(string text, CsvOptions? options = null) => Table(Encoding.UTF8.GetBytes(text), options);

    public static Table Table(byte[] bytes, CsvOptions? options = null) =>
        Tables.Table.FromCsv(new MemoryStream(bytes), options, "data.csv");

    public static TableDataset Fit(string text, string target = "y", TableOptions? options = null) =>
        TableDataset.Fit(Table(text), (options ?? new TableOptions { Targets = [] }) with { Targets = [target] });

    /// <summary>What becomes of a table, in one line: its columns, or the place and the reason why it is refused.</summary>
    public static string Outcome(string text, string target = "y", CsvOptions? options = null)
    {
        try
        {
            var fitted = TableDataset.Fit(Table(text, options), new TableOptions { Targets = [target] });
            string inputs = string.Join(" ", fitted.Encoding.Columns.Select(Describe));
            string targets = fitted.Encoding.ClassNames is { } classes ? string.Join("|", classes) : "values";
            return $"{inputs} -> {targets}, {fitted.Data.Count} rows";
        }
        catch (InvalidInputException error)
        {
            return $"{error.Where}: {error.Why}";
        }
    }

    private static string Describe(ColumnEncoding column) => column switch
    {
        NumberEncoding number => $"{number.Name}=number{(number.Format == NumberFormat.Plain ? "" : $"({number.Format})")}"
            + (number.MarksMissing ? "?" : ""),
        CategoryEncoding category => $"{category.Name}=[{string.Join("|", category.Categories)}]",
        DateEncoding date => $"{date.Name}=date({date.Order}{(date.HasTimes ? " with time" : "")}){(date.MarksMissing ? "?" : "")}",
        _ => throw new InvalidOperationException(),
    };
}
