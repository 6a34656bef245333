using Microsoft.ML;
using Microsoft.ML.Data;

namespace Nabla.MLNet;

/// <summary>Predicts the current row of a cursor once, however many columns ask for it. Serves one thread, as a cursor does.</summary>
/// <param name="row">The row.</param>
/// <param name="features">Its features.</param>
/// <param name="predict">Predicts from features, [slots].</param>
internal sealed class RowPredictor<T>(DataViewRow row, FeatureColumn features, Func<float[], T> predict)
{
    private readonly ValueGetter<VBuffer<float>> getter = row.GetGetter<VBuffer<float>>(features.Column);
    private readonly float[] dense = new float[features.Size];
    private VBuffer<float> buffer;
    private long position = -1; // where a cursor stands before its first row
    private T? prediction;

    /// <summary>The prediction for the current row.</summary>
    /// <exception cref="InvalidInputException">A feature is missing or infinite.</exception>
    public T Current
    {
        get
        {
            if (row.Position != position)
            {
                getter(ref buffer);
                buffer.CopyTo(dense);
                features.RequireFinite(dense, "cannot predict", row.Position);
                prediction = predict(dense);
                position = row.Position;
            }
            return prediction!;
        }
    }
}
