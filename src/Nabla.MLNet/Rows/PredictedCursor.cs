using Microsoft.ML;
using Microsoft.ML.Data;

namespace Nabla.MLNet;

/// <summary>A cursor over rows and their predictions.</summary>
/// <param name="input">The cursor over the rows; disposed with this one.</param>
/// <param name="values">The columns.</param>
internal sealed class PredictedCursor(DataViewRowCursor input, PredictedValues values) : DataViewRowCursor
{
    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override DataViewSchema Schema => values.Schema;

    public override bool MoveNext() => input.MoveNext();

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => values.IsActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => values.GetGetter<TValue>(column);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            input.Dispose();
        base.Dispose(disposing);
    }
}
