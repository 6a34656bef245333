using Microsoft.ML;

namespace Nabla.MLNet;

/// <summary>Data and their predictions, computed when they are read. Immutable, and safe for concurrent use.</summary>
/// <param name="source">The data.</param>
/// <param name="mapper">Adds the predictions.</param>
internal sealed class PredictedView(IDataView source, RowMapper mapper) : IDataView
{
    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => mapper.OutputSchema;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return Wrap(source.GetRowCursor(mapper.GetDependencies(needed), rand), needed);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return [.. source.GetRowCursorSet(mapper.GetDependencies(needed), n, rand).Select(cursor => Wrap(cursor, needed))];
    }

    private PredictedCursor Wrap(DataViewRowCursor cursor, DataViewSchema.Column[] needed) =>
        new(cursor, new PredictedValues(cursor, mapper, needed));
}
