using Microsoft.ML;
using Microsoft.ML.Data;

namespace Nabla.MLNet;

/// <summary>A column that a prediction adds, with the annotations of ML.NET's own trainers.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="ValueKind">What its values are, in ML.NET's words: Score, Probability or PredictedLabel.</param>
/// <param name="Annotate">Adds annotations that only this column has, or null.</param>
internal sealed record PredictionColumn(
    string Name, DataViewType Type, string ValueKind, Action<DataViewSchema.Annotations.Builder>? Annotate = null)
{
    public const string Score = "Score";
    public const string Probability = "Probability";
    public const string PredictedLabel = "PredictedLabel";

    private const string SetId = "ScoreColumnSetId";

    private static readonly KeyDataViewType SetIdType = new(typeof(uint), int.MaxValue);

    /// <summary>A number for the columns of one prediction that no other columns of the data have.</summary>
    public static uint NewSetId(DataViewSchema schema)
    {
        uint most = 0;
        foreach (var column in schema)
        {
            uint id = 0;
            if (column.Annotations.Schema.GetColumnOrNull(SetId) is { Type: KeyDataViewType type } && type.RawType == typeof(uint))
                column.Annotations.GetValue(SetId, ref id);
            most = Math.Max(most, id);
        }
        return most + 1;
    }

    /// <summary>Adds the column to a schema.</summary>
    /// <param name="schema">The columns so far.</param>
    /// <param name="columnKind">The task, in ML.NET's words.</param>
    /// <param name="setId">From <see cref="NewSetId"/>.</param>
    public void AddTo(DataViewSchema.Builder schema, string columnKind, uint setId)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(SetId, SetIdType, (ref uint value) => value = setId);
        annotations.AddPrimitiveValue("ScoreColumnKind", TextDataViewType.Instance, columnKind.AsMemory());
        annotations.AddPrimitiveValue("ScoreValueKind", TextDataViewType.Instance, ValueKind.AsMemory());
        if (ValueKind == Probability)
            annotations.AddPrimitiveValue("IsNormalized", BooleanDataViewType.Instance, true);
        Annotate?.Invoke(annotations);
        schema.AddColumn(Name, Type, annotations.ToAnnotations());
    }
}
