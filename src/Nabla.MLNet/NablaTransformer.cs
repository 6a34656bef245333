using Microsoft.ML;
using Microsoft.ML.Data;

namespace Nabla.MLNet;

/// <summary>
/// A trained model in an ML.NET pipeline. It adds the columns that ML.NET's own models of the task add: <c>PredictedLabel</c>, <c>Score</c>
/// and <c>Probability</c> for two classes, <c>PredictedLabel</c> and <c>Score</c> (the probability of each class) for several, <c>Score</c>
/// for values. Predictions are computed when the data are read.
/// </summary>
/// <remarks>
/// Immutable, and safe for concurrent use: many prediction engines, each of which serves one thread, can share it. A row whose features are
/// missing or infinite cannot be predicted: reading it throws an <see cref="InvalidInputException"/> that names the row and the slot.
/// </remarks>
/// <typeparam name="TModel"><see cref="Classifier"/> or <see cref="Regressor"/>.</typeparam>
public sealed class NablaTransformer<TModel> : ISingleFeaturePredictionTransformer<TModel>
    where TModel : Model
{
    private readonly PredictionColumns columns;

    internal NablaTransformer(string featureColumnName, PredictionColumns columns)
    {
        this.columns = columns;
        FeatureColumnName = featureColumnName;
        FeatureColumnType = new VectorDataViewType(NumberDataViewType.Single, columns.Model.Topology.Inputs(0));
    }

    /// <summary>The model. <see cref="Model.Save(string)"/> writes it as a file that <c>nabla</c> and the library read.</summary>
    public TModel Model => (TModel)columns.Model;

    /// <summary>The column of features.</summary>
    public string FeatureColumnName { get; }

    /// <summary>The type of the column of features: a vector of Single with as many slots as the model has inputs.</summary>
    public DataViewType FeatureColumnType { get; }

    bool ITransformer.IsRowToRowMapper => true;

    /// <summary>The columns of the input, and those of the prediction.</summary>
    /// <param name="inputSchema">The columns of the data.</param>
    /// <exception cref="InvalidInputException">The features are missing, or do not fit the model.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Map(inputSchema).OutputSchema;

    /// <summary>Adds predictions to data.</summary>
    /// <param name="input">The data.</param>
    /// <returns>A view that predicts when it is read.</returns>
    /// <exception cref="InvalidInputException">The features are missing, or do not fit the model.</exception>
    public IDataView Transform(IDataView input) => new PredictedView(input, Map(input.Schema));

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => Map(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => TransformerFile.Save(ctx, FeatureColumnName, columns);

    /// <inheritdoc/>
    public override string ToString() => $"{columns.Task} of {FeatureColumnName}: {Model}";

    private RowMapper Map(DataViewSchema schema) => new(schema, FeatureColumnName, columns);
}
