using Nabla.Kernels;

namespace Nabla;

/// <summary>
/// A learnable factor for each input of a network. Its first weights are W = diag(s) V, and an optimizer moves the factors s and the
/// weights V instead of W.
/// </summary>
/// <remarks>
/// This is the scaling layer of Holzmüller, Grinsztajn and Steinwart ("Better by default", 2024) without a layer: the network, its files
/// and its gradient G = dL/dW are those of W. From G follow dL/dV = diag(s) G and dL/ds_j = sum_o G[j, o] V[j, o]; each of these sums is
/// one chain of fused multiply-adds in the order of the outputs, so that its bits depend on neither vectors nor threads. Several threads
/// may treat different inputs at once.
/// </remarks>
internal sealed class InputFactors
{
    /// <summary>The name of the block of factors, behind the blocks of the network.</summary>
    public const string BlockName = "inputs.factor";

    private readonly int outputs;
    private readonly float[] weightGradient; // dL/dV, [inputs, outputs]
    private readonly float[] gradient;       // dL/ds, [inputs]

    /// <summary>All factors are 1.</summary>
    /// <param name="weights">W, which is V at first, [inputs, outputs].</param>
    /// <param name="inputs">Number of inputs.</param>
    public InputFactors(ReadOnlySpan<float> weights, int inputs)
    {
        outputs = weights.Length / inputs;
        Weights = weights.ToArray();
        weightGradient = new float[weights.Length];
        Values = new float[inputs];
        Array.Fill(Values, 1f);
        gradient = new float[inputs];
    }

    /// <summary>s, [inputs].</summary>
    public float[] Values { get; }

    /// <summary>V, [inputs, outputs].</summary>
    public float[] Weights { get; }

    /// <summary>Number of inputs.</summary>
    public int Count => Values.Length;

    /// <summary>dL/ds, [inputs], after <see cref="SetGradient"/>.</summary>
    public ReadOnlySpan<float> Gradient => gradient;

    /// <summary>dL/dV, [inputs, outputs], after <see cref="SetGradient"/>.</summary>
    public ReadOnlySpan<float> WeightGradient => weightGradient;

    /// <summary>The weights of some inputs, as a range of all weights.</summary>
    public Range WeightsOf(int first, int end) => (first * outputs)..(end * outputs);

    /// <summary>The inputs whose weights are a range of all weights. It consists of whole inputs.</summary>
    public (int First, int End) InputsOf(int start, int end) => (start / outputs, end / outputs);

    /// <summary>Computes dL/dV and dL/ds of some inputs.</summary>
    /// <param name="g">dL/dW of all inputs, [inputs, outputs]; may be longer.</param>
    /// <param name="first">The first input.</param>
    /// <param name="end">Where the inputs end.</param>
    public void SetGradient(ReadOnlySpan<float> g, int first, int end)
    {
        for (int input = first; input < end; input++)
        {
            var row = WeightsOf(input, input + 1);
            gradient[input] = Dot(g[row], Weights.AsSpan(row));
            Scale(Values[input], g[row], weightGradient.AsSpan(row));
        }
    }

    /// <summary>Writes W = diag(s) V for some inputs.</summary>
    /// <param name="w">All weights, [inputs, outputs]; may be longer.</param>
    /// <param name="first">The first input.</param>
    /// <param name="end">Where the inputs end.</param>
    public void WriteWeights(Span<float> w, int first, int end)
    {
        for (int input = first; input < end; input++)
        {
            var row = WeightsOf(input, input + 1);
            Scale(Values[input], Weights.AsSpan(row), w[row]);
        }
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum = ScalarLanes.FusedMultiplyAdd(a[i], b[i], sum);
        return sum;
    }

    private static void Scale(float factor, ReadOnlySpan<float> source, Span<float> destination)
    {
        source.CopyTo(destination);
        Elementwise.Scale(factor, destination);
    }
}
