using Microsoft.ML;
using Microsoft.ML.Data;

namespace Nabla.MLNet;

/// <summary>A classifier whose classes are the keys of a label column.</summary>
/// <param name="model">Its class names are the values of the keys, as text.</param>
/// <param name="values">The type of the keys' values; null if they have none.</param>
internal sealed class MulticlassColumns(Classifier model, KeyValueKind? values) : PredictionColumns
{
    public const string TaskName = "multiclass";

    public override string Task => TaskName;

    public override string ColumnKind => "MulticlassClassification";

    public override Classifier Model => model;

    public override KeyValueKind? KeyValues => values;

    public override IReadOnlyList<PredictionColumn> Columns { get; } =
    [
        new(
            PredictionColumn.PredictedLabel, new KeyDataViewType(typeof(uint), model.ClassNames.Count), PredictionColumn.PredictedLabel,
            annotations => values?.Add(annotations, KeyValueKind.Annotation, model.ClassNames)),
        new(
            PredictionColumn.Score, new VectorDataViewType(NumberDataViewType.Single, model.ClassNames.Count), PredictionColumn.Score,
            annotations => AnnotateScores(annotations, model, values)),
    ];

    public override Delegate[] CreateGetters(DataViewRow row, FeatureColumn features)
    {
        var predictor = new RowPredictor<Prediction>(row, features, x => model.Predict(x));
        return
        [
            new ValueGetter<uint>((ref uint value) => value = (uint)predictor.Current.ClassIndex + 1),
            new ValueGetter<VBuffer<float>>((ref VBuffer<float> value) => predictor.Current.Scores.ToArray().CopyTo(ref value)),
        ];
    }

    private static void AnnotateScores(DataViewSchema.Annotations.Builder annotations, Classifier model, KeyValueKind? values)
    {
        if (values is null)
            return;
        ReadOnlyMemory<char>[] names = [.. model.ClassNames.Select(name => name.AsMemory())];
        annotations.Add(
            "SlotNames", new VectorDataViewType(TextDataViewType.Instance, names.Length),
            (ref VBuffer<ReadOnlyMemory<char>> buffer) => names.CopyTo(ref buffer));
        values.Add(annotations, "TrainingLabelValues", model.ClassNames);
    }
}
