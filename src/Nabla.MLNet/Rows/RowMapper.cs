using Microsoft.ML;
using Microsoft.ML.Data;

namespace Nabla.MLNet;

/// <summary>Adds predictions to rows of one schema. Immutable, and safe for concurrent use.</summary>
internal sealed class RowMapper : IRowToRowMapper
{
    private readonly PredictionColumns columns;

    /// <param name="input">The columns of the data.</param>
    /// <param name="featureColumnName">The column of features.</param>
    /// <param name="columns">The columns to add.</param>
    /// <exception cref="InvalidInputException">The features do not fit the model.</exception>
    public RowMapper(DataViewSchema input, string featureColumnName, PredictionColumns columns)
    {
        this.columns = columns;
        InputSchema = input;
        Features = FeatureColumn.Find(input, featureColumnName);
        int needed = columns.Model.Topology.Inputs(0);
        if (Features.Size != needed)
        {
            throw new InvalidInputException(
                "cannot predict", $"column {featureColumnName}", $"it has {Features.Size} slots, and the model was trained on {needed}",
                "Make the features with the transforms that were fitted for training.");
        }
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        uint setId = PredictionColumn.NewSetId(input);
        foreach (var column in columns.Columns)
            column.AddTo(builder, columns.ColumnKind, setId);
        OutputSchema = builder.ToSchema();
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    /// <summary>The features in the input.</summary>
    public FeatureColumn Features { get; }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        var needed = new SortedSet<int>();
        foreach (var column in dependingColumns)
            needed.Add(IsAdded(column) ? Features.Column.Index : column.Index);
        return [.. needed.Select(index => InputSchema[index])];
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        if (input.Schema != InputSchema)
            throw new ArgumentException("The row has another schema than the mapper.", nameof(input));
        return new PredictedRow(input, new PredictedValues(input, this, activeColumns));
    }

    /// <summary>Whether a column of the output is a prediction.</summary>
    public bool IsAdded(DataViewSchema.Column column) => column.Index >= InputSchema.Count;

    /// <summary>Creates a getter for each column that is added.</summary>
    public Delegate[] CreateGetters(DataViewRow input) => columns.CreateGetters(input, Features);
}
