namespace Nabla.Reference;

/// <summary>A layer's activation: f, which makes a = f(z), beside its derivative f'.</summary>
/// <remarks>The functions themselves stand one in a file, f beside f'; here are only their names and the loop over a layer.</remarks>
public abstract class ReferenceActivation
{
    private protected ReferenceActivation(string name, bool hasKink)
    {
        Name = name;
        HasKink = hasKink;
    }

    /// <summary>1 / (1 + exp(-z)), the notebook's.</summary>
    public static ReferenceActivation Sigmoid { get; } = new Elementwise<Sigmoid>("sigmoid");

    /// <summary>tanh z.</summary>
    public static ReferenceActivation Tanh { get; } = new Elementwise<HyperbolicTangent>("tanh");

    /// <summary>max(z, 0); its derivative at 0, where it has none, counts as 0.</summary>
    public static ReferenceActivation Relu { get; } = new Elementwise<Rectifier>("relu", hasKink: true);

    /// <summary>z itself.</summary>
    public static ReferenceActivation Identity { get; } = new Elementwise<Identity>("identity");

    /// <summary>
    /// The notebook's slip, kept as it was printed: the sigmoid, with its derivative taken at the activation a instead of at z,
    /// sigmoid(a) * (1 - sigmoid(a)). What it yields is not the gradient of the cost, as
    /// <see cref="GradientCheck"/> says, and through a hidden layer it is the gradient of no cost at all.
    /// </summary>
    public static ReferenceActivation SigmoidAsPrinted { get; } = new Elementwise<SigmoidAsPrinted>("sigmoid-as-printed");

    /// <summary>Every activation whose derivative is right: all but <see cref="SigmoidAsPrinted"/>.</summary>
    public static IReadOnlyList<ReferenceActivation> All { get; } = [Sigmoid, Tanh, Relu, Identity];

    /// <summary>Its name on the command line, e.g. <c>sigmoid</c>.</summary>
    public string Name { get; }

    /// <summary>Whether f bends at z = 0, where finite differences say nothing.</summary>
    public bool HasKink { get; }

    /// <summary>a = f(z), for each neuron of a layer.</summary>
    /// <param name="z">Weighted inputs, [neurons].</param>
    /// <param name="a">Receives the activations, [neurons].</param>
    public abstract void Apply(ReadOnlySpan<double> z, Span<double> a);

    /// <summary>delta = delta * f'(z), for each neuron of a layer.</summary>
    /// <param name="z">Weighted inputs, [neurons].</param>
    /// <param name="a">Activations f(z), [neurons], from which most derivatives follow without another exponential.</param>
    /// <param name="delta">dC/da on entry, dC/dz on return, [neurons].</param>
    public abstract void TimesPrime(ReadOnlySpan<double> z, ReadOnlySpan<double> a, Span<double> delta);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private sealed class Elementwise<T>(string name, bool hasKink = false) : ReferenceActivation(name, hasKink)
        where T : IActivationFunction
    {
        public override void Apply(ReadOnlySpan<double> z, Span<double> a)
        {
            for (int j = 0; j < z.Length; j++)
                a[j] = T.F(z[j]);
        }

        public override void TimesPrime(ReadOnlySpan<double> z, ReadOnlySpan<double> a, Span<double> delta)
        {
            for (int j = 0; j < z.Length; j++)
                delta[j] *= T.Prime(z[j], a[j]);
        }
    }
}
