using System.Text;

namespace Nabla.Tables;

/// <summary>What was unusual in one column.</summary>
internal sealed class ColumnReport(ColumnEncoding column)
{
    private const int Shown = 3;

    private readonly List<string> texts = [];
    private int unknown, missing, invalid;

    public void Add(CellState state, ReadOnlySpan<byte> cell)
    {
        switch (state)
        {
            case CellState.Missing:
                missing++;
                return;
            case CellState.Unknown:
                unknown++;
                break;
            default:
                invalid++;
                break;
        }
        if (texts.Count < Shown && Encoding.UTF8.GetString(cell) is var text && !texts.Contains(text))
            texts.Add(text);
    }

    public IEnumerable<string> Notices()
    {
        if (unknown > 0)
        {
            yield return $"{column.Name}: {Count(unknown, "value was", "values were")} not among {(column as CategoryEncoding)?.Known} "
                + $"({RowLocation.List(texts)}), and {(unknown == 1 ? "counts" : "count")} as none of them.";
        }
        if (invalid > 0)
        {
            yield return $"{column.Name}: {Count(invalid, "value", "values")} ({RowLocation.List(texts)}) could not be read, and "
                + $"{(invalid == 1 ? "counts" : "count")} as missing.";
        }
        bool isExpected = column is NumberEncoding { MarksMissing: true } or DateEncoding { MarksMissing: true };
        if (missing > 0 && !isExpected && column.Numbers > 0)
        {
            yield return $"{column.Name}: {Count(missing, "value is", "values are")} missing, and none was in the training data: the "
                + "median takes the place.";
        }
    }

    private static string Count(int count, string one, string many) => $"{count} {(count == 1 ? one : many)}";
}
