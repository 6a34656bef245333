using Nabla.Kernels;

namespace Nabla;

/// <summary>Where weights and biases start.</summary>
/// <remarks>To add a kind: a file beside this one and a line in <see cref="All"/>. Immutable.</remarks>
public abstract record Initialization : Kind
{
    private protected Initialization(string name, string description)
        : base(name, description)
    {
    }

    /// <summary>Weights and biases from N(0, 1), as in the notebook. With hundreds of inputs, sigmoids start saturated.</summary>
    public static Initialization StandardNormal { get; } = new StandardNormal();

    /// <summary>Weights from N(0, 1) / sqrt(inputs), biases from N(0, 1): what mends the notebook's start.</summary>
    public static Initialization Scaled { get; } = new Scaled();

    /// <summary>Weights from N(0, 2 / (inputs + outputs)), biases 0 (Glorot and Bengio, 2010); for tanh and sigmoid.</summary>
    public static Initialization Xavier { get; } = new Xavier();

    /// <summary>Weights from N(0, 2 / inputs), biases 0 (He et al., 2015); for ReLU.</summary>
    public static Initialization He { get; } = new He();

    /// <summary>Weights from N(0, 1 / inputs), biases 0 (LeCun et al., 1998); for tanh and SELU.</summary>
    public static Initialization LeCun { get; } = new LeCun();

    /// <summary>Weights whose rows or columns are orthonormal, biases 0 (Saxe, McClelland and Ganguli, 2014); for deep networks.</summary>
    public static Initialization Orthogonal { get; } = new Orthogonal();

    /// <summary>
    /// As <see cref="Scaled"/>, but the last layer is 0 (Holzmüller, Grinsztajn and Steinwart, 2024); for
    /// <see cref="TrainingOptions.NeuralTangent"/>.
    /// </summary>
    public static Initialization ScaledZeroOutput { get; } = new ScaledZeroOutput();

    /// <summary>All initializations.</summary>
    public static Catalogue<Initialization> All { get; } =
        new("initialization", StandardNormal, Scaled, Xavier, He, LeCun, Orthogonal, ScaledZeroOutput);

    /// <summary>Whether the last layer's parameters are 0 instead of drawn.</summary>
    internal virtual bool ZeroesOutputLayer => false;

    /// <summary>Draws the initial values of one layer.</summary>
    /// <param name="stream">Randomness of this layer alone.</param>
    /// <param name="inputs">Inputs of the layer.</param>
    /// <param name="outputs">Neurons of the layer.</param>
    /// <param name="weights">Receives the weights, [outputs, inputs].</param>
    /// <param name="biases">Receives the biases, [outputs].</param>
    internal abstract void Draw(ref RandomStream stream, int inputs, int outputs, Span<float> weights, Span<float> biases);

    /// <summary>Fills values from N(0, deviation squared).</summary>
    private protected static void FillNormal(ref RandomStream stream, double deviation, Span<float> values)
    {
        foreach (ref float value in values)
            value = (float)(deviation * stream.NextNormal());
    }
}
