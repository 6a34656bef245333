using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace Nabla.MLNet;

/// <summary>Trains a network on the rows of a data view, as an estimator of ML.NET.</summary>
/// <remarks>
/// <para>
/// Rows are read once, in their order, and copied to one array of 4 bytes for each feature of each row. While the array is put together,
/// there is a second copy; and a third, if rows are held out. The same rows, options and seed give the same bits, which are those of the
/// library's own <see cref="Training{TModel}"/>. Features that ML.NET's encoders note as one-hot categories are not scaled.
/// </para>
/// <para>Immutable, and safe for concurrent use.</para>
/// </remarks>
/// <typeparam name="TModel"><see cref="Classifier"/> or <see cref="Regressor"/>.</typeparam>
public abstract class NablaTrainer<TModel> : ITrainerEstimator<NablaTransformer<TModel>, TModel>
    where TModel : Model
{
    private readonly IHost host;

    private protected NablaTrainer(IHostEnvironment environment, NablaTrainerOptions options)
    {
        Options = options;
        (options.Training ?? Presets.Default).Validate();
        if (options.Members < 1)
        {
            throw new InvalidOptionException(
                $"The number of members is {options.Members}", "Use 1, or more for an ensemble.", nameof(options.Members));
        }
        TransformerLoader.Register(environment);
        host = environment.Register("Nabla");
        Info = MLNetInternals.CreateTrainerInfo(supportsValidation: true);
    }

    /// <summary>What the trainer reads, and how it trains.</summary>
    public NablaTrainerOptions Options { get; }

    /// <summary>The trainer needs neither normalized features nor a cache, because it scales features itself and reads rows once.</summary>
    public TrainerInfo Info { get; }

    /// <summary>A trainer of ML.NET with the same columns.</summary>
    private protected abstract IEstimator<ITransformer> Counterpart { get; }

    /// <summary>Trains a model.</summary>
    /// <param name="input">The training data.</param>
    /// <exception cref="InvalidInputException">A column or a value cannot be used; the message says where.</exception>
    /// <exception cref="InvalidOptionException">The options contradict each other, or do not suit the data.</exception>
    /// <exception cref="TrainingDivergedException">The loss became infinite or NaN.</exception>
    public NablaTransformer<TModel> Fit(IDataView input) => Train(input, null);

    /// <summary>Trains a model, whose best epoch is found with other data.</summary>
    /// <param name="trainData">The training data.</param>
    /// <param name="validationData">Data on which the model is measured after each epoch; not used for training.</param>
    /// <inheritdoc cref="Fit(IDataView)" path="/exception"/>
    public NablaTransformer<TModel> Fit(IDataView trainData, IDataView validationData)
    {
        ArgumentNullException.ThrowIfNull(validationData);
        if (Options.Members > 1)
        {
            throw new InvalidOptionException(
                "Validation data are given, and each member of an ensemble is measured on its own fold",
                "Give training data only, or train one member.", nameof(Options.Members));
        }
        return Train(trainData, validationData);
    }

    /// <summary>The columns of the trained model's output: those of ML.NET's own trainers of the task.</summary>
    /// <param name="inputSchema">The columns of the data.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or has another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Counterpart.GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    public override string ToString() => $"{GetType().Name} of {Options.LabelColumnName} by {Options.FeatureColumnName}";

    /// <summary>Finds the label column of data.</summary>
    /// <exception cref="InvalidInputException">There is none, or it has another type.</exception>
    private protected abstract LabelReader FindLabels(DataViewSchema schema);

    /// <summary>The columns that the model predicts.</summary>
    /// <param name="model">The trained model.</param>
    /// <param name="labels">The labels it was trained on.</param>
    private protected abstract PredictionColumns CreateColumns(TModel model, LabelReader labels);

    private NablaTransformer<TModel> Train(IDataView trainData, IDataView? validationData)
    {
        using var channel = host.Start("Training");
        var labels = FindLabels(trainData.Schema);
        var data = Read(trainData, labels, channel);
        var validation = validationData is null ? null : Read(validationData, FindLabels(validationData.Schema), channel);
        var run = new TrainerRun(Options, channel);
        return new NablaTransformer<TModel>(Options.FeatureColumnName, CreateColumns((TModel)run.Train(data, validation), labels));
    }

    private Dataset Read(IDataView view, LabelReader labels, IChannel channel)
    {
        var features = FeatureColumn.Find(view.Schema, Options.FeatureColumnName);
        DataViewSchema.Column? weight = Options.ExampleWeightColumnName is { } name
            ? ColumnLookup.Find(
                view.Schema, name, "weight", NumberDataViewType.Single,
                $"Convert it: mlContext.Transforms.Conversion.ConvertType(\"{name}\", outputKind: DataKind.Single).")
            : null;
        var rows = TrainingRows.Read(view, features, labels, weight);
        if (rows.WithoutLabel > 0)
        {
            channel.Warning(
                MessageSensitivity.Schema, $"{rows.WithoutLabel} rows without a label in {labels.Column.Name} were left out.");
        }
        return rows.Data;
    }
}
