using Microsoft.ML;

namespace Nabla.MLNet;

/// <summary>The columns of a row, and its predictions. Serves one thread, as rows do.</summary>
internal sealed class PredictedValues
{
    private readonly DataViewRow input;
    private readonly RowMapper mapper;
    private readonly HashSet<int> active; // of the columns that are added
    private readonly Delegate[] getters;  // of the columns that are added; empty if none is active

    public PredictedValues(DataViewRow input, RowMapper mapper, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        this.input = input;
        this.mapper = mapper;
        active = [.. activeColumns.Where(mapper.IsAdded).Select(column => column.Index)];
        getters = active.Count > 0 ? mapper.CreateGetters(input) : [];
    }

    public DataViewSchema Schema => mapper.OutputSchema;

    public bool IsActive(DataViewSchema.Column column) =>
        mapper.IsAdded(column) ? active.Contains(column.Index) : input.IsColumnActive(input.Schema[column.Index]);

    /// <exception cref="ArgumentException">The column is not active, or has another type.</exception>
    public ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!mapper.IsAdded(column))
            return input.GetGetter<TValue>(input.Schema[column.Index]);
        if (!active.Contains(column.Index))
            throw new ArgumentException($"Column {column.Name} is not active.", nameof(column));
        return getters[column.Index - mapper.InputSchema.Count] as ValueGetter<TValue>
            ?? throw new ArgumentException($"Column {column.Name} is of type {column.Type}, not {typeof(TValue).Name}.", nameof(column));
    }
}
