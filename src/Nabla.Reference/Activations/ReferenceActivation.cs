namespace Nabla.Reference;

/// <summary>A layer's activation: f, which computes a = f(z), beside its derivative f'.</summary>
/// <remarks>
/// Derive from this class, or call <see cref="FromFunctions"/>, to check an activation of your own with <see cref="GradientCheck"/>.
/// The activations of this library are immutable and thread-safe. One of your own is thread-safe if its functions are.
/// </remarks>
public abstract class ReferenceActivation
{
    /// <summary>For derived classes.</summary>
    /// <param name="name">A short name, e.g. <c>softplus</c>.</param>
    /// <param name="kinks">The z at which f has no derivative.</param>
    protected ReferenceActivation(string name, params IReadOnlyList<double> kinks)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        Kinks = kinks;
    }

    /// <summary>1 / (1 + exp(-z)), the notebook's activation.</summary>
    public static ReferenceActivation Sigmoid => Reference.Sigmoid.Kind.Default;

    /// <summary>tanh z.</summary>
    public static ReferenceActivation Tanh => HyperbolicTangent.Kind.Default;

    /// <summary>max(z, 0); its derivative at 0, which does not exist, counts as 0.</summary>
    public static ReferenceActivation Relu => Rectifier.Kind.Default;

    /// <summary>z itself.</summary>
    public static ReferenceActivation Identity => Reference.Identity.Kind.Default;

    /// <summary>
    /// The notebook's slip, kept as it was printed: the sigmoid, with its derivative taken at the activation a instead of at z,
    /// sigmoid(a) * (1 - sigmoid(a)). The result is not the gradient of the cost, as <see cref="GradientCheck"/> reports, and in a
    /// network with a hidden layer it is not the gradient of any cost.
    /// </summary>
    public static ReferenceActivation SigmoidAsPrinted => Reference.SigmoidAsPrinted.Kind.Default;

    /// <summary>
    /// One activation of each kind whose derivative is right, with default parameters: all kinds but <see cref="SigmoidAsPrinted"/>.
    /// </summary>
    public static IReadOnlyList<ReferenceActivation> All => ActivationCatalogue.Right;

    /// <summary>The kinds that <see cref="Create"/> knows.</summary>
    public static IReadOnlyList<ReferenceKind> Kinds => ActivationCatalogue.Kinds;

    /// <summary>Its name, e.g. <c>sigmoid</c>.</summary>
    public string Name { get; }

    /// <summary>The z at which f has no derivative, such as 0 for ReLU: central differences across a kink are useless.</summary>
    public IReadOnlyList<double> Kinks { get; }

    /// <summary>Creates an activation by name.</summary>
    /// <param name="name">One of the names in <see cref="Kinds"/>.</param>
    /// <param name="parameters">Values by parameter name; a parameter that is left out has its default.</param>
    /// <exception cref="ArgumentException">The name or a parameter is unknown; the message lists those that exist.</exception>
    public static ReferenceActivation Create(string name, IReadOnlyDictionary<string, double>? parameters = null) =>
        ActivationCatalogue.Find(name, nameof(name)).Create(parameters, nameof(parameters));

    /// <summary>Makes an activation of two functions of one number, which act on each neuron separately.</summary>
    /// <param name="name">A short name, e.g. <c>softplus</c>.</param>
    /// <param name="f">f(z).</param>
    /// <param name="fPrime">f'(z), the derivative of f at z (not at a = f(z)).</param>
    /// <param name="kinks">
    /// The z at which f has no derivative. The gradient check leaves out parameters whose step moves some z across one of them.
    /// </param>
    public static ReferenceActivation FromFunctions(
        string name, Func<double, double> f, Func<double, double> fPrime, params IReadOnlyList<double> kinks)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(fPrime);
        return new FunctionActivation(name, f, fPrime, kinks);
    }

    /// <summary>a = f(z), for each neuron of a layer.</summary>
    /// <param name="z">Weighted inputs, [neurons].</param>
    /// <param name="a">Receives the activations, [neurons].</param>
    public abstract void Apply(ReadOnlySpan<double> z, Span<double> a);

    /// <summary>delta = delta * f'(z), for each neuron of a layer.</summary>
    /// <param name="z">Weighted inputs, [neurons].</param>
    /// <param name="a">Activations f(z), [neurons]: most derivatives follow from them without another exponential.</param>
    /// <param name="delta">dC/da on entry, dC/dz on return, [neurons].</param>
    public abstract void TimesPrime(ReadOnlySpan<double> z, ReadOnlySpan<double> a, Span<double> delta);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
