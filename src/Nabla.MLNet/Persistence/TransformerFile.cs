using System.Text.Json;
using Microsoft.ML;

namespace Nabla.MLNet;

/// <summary>
/// What a transformer is in the archive of an ML.NET model: the file of the model, as Nabla saves it, and a line of JSON about the columns.
/// </summary>
internal static class TransformerFile
{
    /// <summary>The model, with the bytes of a model file.</summary>
    public const string ModelEntry = "nabla.safetensors";

    /// <summary>The columns, as JSON.</summary>
    public const string ColumnsEntry = "nabla.json";

    /// <summary>What ML.NET notes about it.</summary>
    public static FormatVersion Version { get; } =
        new("NABLA TF", 1, "NablaTransformer", typeof(TransformerFile).Assembly.GetName().Name!);

    private const string What = "cannot load the Nabla transformer";
    private const string Remedy = "The file is damaged or was changed by hand; train or copy it again.";
    private const int MostColumnsBytes = 1 << 20;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, AllowDuplicateProperties = false,
    };

    /// <summary>Writes a transformer.</summary>
    public static void Save(ModelSaveContext context, string featureColumnName, PredictionColumns columns)
    {
        MLNetInternals.SetVersion(context, Version);
        var saved = new SavedColumns(columns.Task, featureColumnName, columns.KeyValues?.Name);
        MLNetInternals.WriteEntry(context, ColumnsEntry, stream => JsonSerializer.Serialize(stream, saved, Json));
        MLNetInternals.WriteEntry(context, ModelEntry, columns.Model.Save);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="loadContext">ML.NET's context.</param>
    /// <exception cref="InvalidInputException">A part is missing, damaged, or does not fit the others.</exception>
    public static (string FeatureColumnName, PredictionColumns Columns) Load(object loadContext)
    {
        MLNetInternals.CheckVersion(loadContext, Version);
        SavedColumns? saved = null;
        Model? model = null;
        bool isComplete = MLNetInternals.TryReadEntry(loadContext, ColumnsEntry, stream => saved = ReadColumns(stream))
            && MLNetInternals.TryReadEntry(loadContext, ModelEntry, stream => model = Model.Load(stream, ModelEntry));
        if (!isComplete)
            throw new InvalidInputException(What, "the archive", $"{ColumnsEntry} or {ModelEntry} is missing", Remedy);
        if (saved is not { Features.Length: > 0 })
            throw Damaged("it names no column of features");
        return (saved.Features, Create(saved, model!));
    }

    private static SavedColumns? ReadColumns(Stream stream)
    {
        var bytes = new byte[MostColumnsBytes];
        int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        try
        {
            return JsonSerializer.Deserialize<SavedColumns>(bytes.AsSpan(0, length), Json);
        }
        catch (JsonException e)
        {
            throw Damaged($"it is not valid JSON: {e.Message}", e);
        }
    }

    private static PredictionColumns Create(SavedColumns saved, Model model) => (saved.Task, model) switch
    {
        (BinaryColumns.TaskName, Classifier { ClassNames.Count: 2 } classifier) => new BinaryColumns(classifier),
        (MulticlassColumns.TaskName, Classifier classifier) => new MulticlassColumns(classifier, KeyValuesOf(saved, classifier)),
        (RegressionColumns.TaskName, Regressor { TargetNames.Count: 1 } regressor) => new RegressionColumns(regressor),
        _ => throw Damaged($"the task is \"{saved.Task}\", and the model is one for {model.Task}: {model}"),
    };

    private static KeyValueKind? KeyValuesOf(SavedColumns saved, Classifier model)
    {
        if (saved.Keys is null)
            return null;
        var kind = KeyValueKind.All.FirstOrDefault(kind => kind.Name == saved.Keys)
            ?? throw Damaged($"the labels are keys of \"{saved.Keys}\", which is not a type of values");
        try
        {
            kind.Add(new DataViewSchema.Annotations.Builder(), KeyValueKind.Annotation, model.ClassNames);
            return kind;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw Damaged($"the class names are not values of type {saved.Keys}", e);
        }
    }

    private static InvalidInputException Damaged(string why, Exception? inner = null) => new(What, ColumnsEntry, why, Remedy, inner);

    /// <param name="Task">The task.</param>
    /// <param name="Features">Name of the column of features.</param>
    /// <param name="Keys">Type of the class labels, if they are keys that have values.</param>
    private sealed record SavedColumns(string? Task, string? Features, string? Keys);
}
