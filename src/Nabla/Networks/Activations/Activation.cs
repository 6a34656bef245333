namespace Nabla;

/// <summary>What a layer applies to its weighted inputs z, giving its activations a = f(z).</summary>
/// <remarks>
/// To add a kind: a file beside this one, a line in <see cref="All"/>, and its counterpart in <c>Nabla.Reference</c>. Help, files, the
/// gradient check and the tests enumerate the catalogue. Immutable.
/// </remarks>
public abstract record Activation : Kind
{
    private protected Activation(string name, string description)
        : base(name, description)
    {
    }

    /// <summary>1 / (1 + exp(-z)), from 0 to 1.</summary>
    public static Activation Sigmoid { get; } = new Sigmoid();

    /// <summary>tanh(z), from -1 to 1.</summary>
    public static Activation Tanh { get; } = new Tanh();

    /// <summary>max(0, z).</summary>
    public static Activation Relu { get; } = new Relu();

    /// <summary>z itself.</summary>
    public static Activation Identity { get; } = new Identity();

    /// <summary>z / (1 + |z|), from -1 to 1: like tanh, but it saturates more slowly.</summary>
    public static Activation Softsign { get; } = new Softsign();

    /// <summary>z where it is above 0, else 0.01 z. <c>new LeakyRelu { Slope = 0.2f }</c> has another slope.</summary>
    public static Activation LeakyRelu { get; } = new LeakyRelu();

    /// <summary>z where it is above 0, else exp(z) - 1. <c>new Elu { Alpha = 0.5f }</c> multiplies the latter by a number.</summary>
    public static Activation Elu { get; } = new Elu();

    /// <summary>ELU with constants that keep mean 0 and variance 1 from layer to layer.</summary>
    public static Activation Selu { get; } = new Selu();

    /// <summary>z times the probability that a standard normal deviate is below z: the exact GELU, not its approximation by tanh.</summary>
    public static Activation Gelu { get; } = new Gelu();

    /// <summary>z / (1 + exp(-z)), also called swish.</summary>
    public static Activation Silu { get; } = new Silu();

    /// <summary>z tanh(ln(1 + exp(z))).</summary>
    public static Activation Mish { get; } = new Mish();

    /// <summary>ln(1 + exp(z)): a smooth max(0, z).</summary>
    public static Activation Softplus { get; } = new Softplus();

    /// <summary>exp(z), above 0: for outputs that are rates or counts. Several layers of it overflow easily.</summary>
    public static Activation Exponential { get; } = new Exponential();

    /// <summary>
    /// The sigmoid with the notebook's slip: backpropagation applies the sigmoid's derivative to a instead of z. That is not the gradient
    /// of the cost, and through a hidden layer it is the gradient of no cost at all; it is kept because it produced the notebook's accuracy
    /// table.
    /// </summary>
    public static Activation SigmoidAsPrinted { get; } = new SigmoidAsPrinted();

    /// <summary>exp(z) divided by its sum over the layer; for the output layer, with cross-entropy.</summary>
    public static Activation Softmax { get; } = new Softmax();

    /// <summary>All activations.</summary>
    public static Catalogue<Activation> All { get; } = new("activation",
    [
        Sigmoid,
        Tanh,
        Relu,
        Identity,
        Softsign,
        LeakyRelu,
        Elu,
        Selu,
        Gelu,
        Silu,
        Mish,
        Softplus,
        Exponential,
        SigmoidAsPrinted,
        Softmax,
    ]);

    /// <summary>Those that work on each neuron by itself: a hidden layer takes only these.</summary>
    public static Catalogue<Activation> Elementwise { get; } = All.Where(kind => kind.IsElementwise);

    /// <summary>Whether it works on each neuron by itself.</summary>
    public virtual bool IsElementwise => true;

    /// <summary>
    /// Whether outputs can have any value. Targets of bounded outputs are not standardized: if outputs of ReLU learned distances from the
    /// mean, no prediction could be below the mean.
    /// </summary>
    public virtual bool IsUnbounded => false;

    /// <summary>Whether backpropagation through it is the derivative of f; false only for the notebook's slip.</summary>
    public virtual bool HasTrueDerivative => true;

    /// <summary>Whether outputs for classes are probabilities, once they are divided by their sum.</summary>
    internal virtual bool GivesProbabilities => false;

    /// <summary>Passes the function itself to code that is compiled for it.</summary>
    internal abstract TResult Use<TResult>(IActivationUser<TResult> user);
}
