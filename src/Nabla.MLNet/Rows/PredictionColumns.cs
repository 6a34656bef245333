using Microsoft.ML;

namespace Nabla.MLNet;

/// <summary>The columns that a model adds to data. Immutable, and safe for concurrent use.</summary>
internal abstract class PredictionColumns
{
    /// <summary>The task, as in files.</summary>
    public abstract string Task { get; }

    /// <summary>The task, in the words of ML.NET's annotations.</summary>
    public abstract string ColumnKind { get; }

    /// <summary>The model.</summary>
    public abstract Model Model { get; }

    /// <summary>The type of the class labels, if they are keys that have values.</summary>
    public virtual KeyValueKind? KeyValues => null;

    /// <summary>The columns, in order.</summary>
    public abstract IReadOnlyList<PredictionColumn> Columns { get; }

    /// <summary>
    /// Creates a getter for each of the <see cref="Columns"/>. A row is predicted once, when the first of them is called.
    /// </summary>
    /// <param name="row">Its features are active.</param>
    /// <param name="features">The features in the row.</param>
    public abstract Delegate[] CreateGetters(DataViewRow row, FeatureColumn features);
}
