namespace Nabla;

/// <summary>The function that training minimizes.</summary>
/// <remarks>
/// To add a kind: a file beside this one, a line in <see cref="All"/>, and its counterpart in <c>Nabla.Reference</c>. Immutable.
/// </remarks>
public abstract record Loss : Kind
{
    private protected Loss(string name, string description)
        : base(name, description)
    {
    }

    /// <summary>
    /// Half the squared distance between outputs and targets, |a - y|^2 / 2, averaged over examples: the notebook's cost.
    /// </summary>
    public static Loss Quadratic { get; } = new QuadraticLoss();

    /// <summary>
    /// With softmax outputs -log a_y; with sigmoid outputs -sum(y log a + (1 - y) log(1 - a)); averaged over examples. Its error at the
    /// output is a - y, so a saturated neuron that is wrong still learns.
    /// </summary>
    public static Loss CrossEntropy { get; } = new CrossEntropyLoss();

    /// <summary>All losses.</summary>
    public static Catalogue<Loss> All { get; } = new("loss", Quadratic, CrossEntropy);

    /// <summary>The output activations that go with this loss; the first is the one used unless another is asked for.</summary>
    public abstract IReadOnlyList<Activation> OutputActivations { get; }

    /// <summary>Whether targets may be values; if not, they are classes.</summary>
    public abstract bool TakesValues { get; }

    /// <summary>The loss used for some targets unless another is asked for.</summary>
    internal static Loss DefaultFor(bool classes) => classes ? CrossEntropy : Quadratic;

    /// <summary>The output activation used for some targets unless another is asked for.</summary>
    internal virtual Activation DefaultOutput(bool classes) => OutputActivations[0];

    /// <summary>Joins this loss with an output activation.</summary>
    /// <exception cref="InvalidOptionException">The two do not go together.</exception>
    internal OutputLoss With(Activation output) => Takes(output)
        ? Create(output)
        : throw new InvalidOptionException(
            $"the {Name} loss does not go with {output.Name} outputs",
            $"Use one of these output activations: {string.Join(", ", OutputActivations.Select(kind => kind.Name))}.");

    /// <summary>
    /// Whether this loss goes with an output activation, which may be one of <see cref="OutputActivations"/> with other parameters.
    /// </summary>
    internal virtual bool Takes(Activation output) => OutputActivations.Contains(output);

    /// <summary>Checks that this loss can be computed for some targets.</summary>
    /// <exception cref="InvalidOptionException">It cannot.</exception>
    internal void CheckTargets(bool areClasses)
    {
        if (areClasses || TakesValues)
            return;
        var usable = All.Where(loss => loss.TakesValues);
        throw new InvalidOptionException($"{Name} is for classes, and the targets are values", $"Use {string.Join(" or ", usable.Names)}.");
    }

    private protected abstract OutputLoss Create(Activation output);
}
