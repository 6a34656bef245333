using Nabla.Kernels;

namespace Nabla;

/// <summary>
/// Weights whose rows (or columns, if they are fewer) are orthonormal, drawn uniformly among all such matrices; biases 0 (Saxe, McClelland
/// and Ganguli, 2014).
/// </summary>
/// <remarks>
/// The factor Q of A = QR, where A holds normal deviates and the diagonal of R is positive: modified Gram-Schmidt makes one vector after
/// the other orthogonal to those before it. In double precision and in a fixed order, so the bits are the same on every system.
/// </remarks>
internal sealed record Orthogonal() : Initialization("orthogonal", "weights with orthonormal rows or columns, biases 0; for deep networks")
{
    internal override void Draw(ref RandomStream stream, int inputs, int outputs, Span<float> weights, Span<float> biases)
    {
        int count = Math.Min(inputs, outputs), length = Math.Max(inputs, outputs);
        var vectors = new double[count][];
        for (int i = 0; i < count; i++)
        {
            vectors[i] = new double[length];
            foreach (ref double value in vectors[i].AsSpan())
                value = stream.NextNormal();
            for (int before = 0; before < i; before++)
                DoubleVectors.AddMultiple(-DoubleVectors.Dot(vectors[before], vectors[i]), vectors[before], vectors[i]);
            double norm = double.Sqrt(DoubleVectors.Dot(vectors[i], vectors[i]));
            foreach (ref double value in vectors[i].AsSpan())
                value /= norm;
        }
        for (int output = 0; output < outputs; output++)
        {
            for (int input = 0; input < inputs; input++)
                weights[output * inputs + input] = (float)(outputs <= inputs ? vectors[output][input] : vectors[input][output]);
        }
        biases.Clear();
    }
}
