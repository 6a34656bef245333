using System.Text;

namespace Nabla.Tables;

/// <summary>A place in a table, for messages.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Line">The line of the file, from 1; 0 if the table is not a text.</param>
/// <param name="Row">The data row, from 1; 0 for the header.</param>
internal readonly record struct RowLocation(string Table, long Line, long Row)
{
    private const int LongestQuotation = 40;

    public override string ToString()
    {
        if (Line == 0)
            return Row == 0 ? "its columns" : $"row {Row}";
        return Row == 0 ? $"line {Line} (the header)" : $"line {Line} (data row {Row})";
    }

    /// <summary>The place for a list of places: <c>line 3</c>, or <c>row 2</c> if there are no lines.</summary>
    public string Short => Line == 0 ? $"row {Row}" : $"line {Line}";

    public InvalidInputException Error(string why, string remedy, Exception? inner = null) =>
        new($"cannot read {Table}", ToString(), why, remedy, inner);

    public InvalidInputException Error(string column, string why, string remedy) =>
        new($"cannot read {Table}", $"{this}, column {Quote(column)}", why, remedy);

    /// <summary>A value for a message: in quotation marks, and shortened if it is long.</summary>
    public static string Quote(string value)
    {
        string shown = value.Length <= LongestQuotation ? value : value[..LongestQuotation] + "…";
        return $"\"{shown.ReplaceLineEndings(" ")}\"";
    }

    /// <inheritdoc cref="Quote(string)"/>
    public static string Quote(ReadOnlySpan<byte> value) => Quote(Encoding.UTF8.GetString(value));

    /// <summary>The first few values, and how many more there are.</summary>
    public static string List(IReadOnlyCollection<string> values, int shown = 10) =>
        string.Join(", ", values.Take(shown).Select(Quote)) + (values.Count > shown ? $" and {values.Count - shown} more" : "");
}
