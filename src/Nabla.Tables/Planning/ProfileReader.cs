using System.Runtime.ExceptionServices;

namespace Nabla.Tables;

/// <summary>Reads all rows of a table, and collects what the cells of each column look like.</summary>
/// <param name="source">The table.</param>
/// <param name="profiles">What is collected, column by column.</param>
/// <param name="targets">The positions of the targets.</param>
/// <param name="markers">What stands for a missing value.</param>
internal sealed class ProfileReader(TableSource source, ColumnProfile[] profiles, int[] targets, MissingMarkers markers)
{
    private const int MaxThreads = 8;

    /// <summary>Reads.</summary>
    /// <returns>The number of rows.</returns>
    /// <exception cref="InvalidInputException">A row cannot be read; of several, the message names the first.</exception>
    public int Read()
    {
        // Finding the fields of a text takes little time beside reading their values: each thread finds all, and reads some columns.
        int parts = source.CanBeReadAtOnce ? Math.Min(profiles.Length, Math.Min(Environment.ProcessorCount, MaxThreads)) : 1;
        if (parts == 1)
            return Read(0, 1);
        var rows = new int[parts];
        try
        {
            Parallel.For(0, parts, part => rows[part] = Read(part, parts));
        }
        catch (AggregateException errors)
        {
            foreach (var row in source.Rows())
            {
                for (int i = 0; i < profiles.Length; i++)
                    _ = row[i];
            }
            ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
        }
        int other = Array.FindIndex(rows, count => count != rows[0]);
        return other < 0 ? rows[0] : throw source.Changed(rows[0], rows[other] > rows[0] ? "more" : "fewer");
    }

    private int Read(int part, int parts)
    {
        int rows = 0;
        foreach (var row in source.Rows())
        {
            rows = source.CountOneMore(rows);
            // A row without a target is not learned from, and must not decide which values are known.
            bool isLeftOut = Array.Exists(targets, target => markers.Contain(row[target]));
            for (int i = part; i < profiles.Length; i += parts)
            {
                if (!isLeftOut || Array.IndexOf(targets, i) >= 0)
                    profiles[i].Add(row[i], row.IsTyped(i), row);
            }
        }
        return rows;
    }
}
