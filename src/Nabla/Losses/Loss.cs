namespace Nabla;

/// <summary>The function that training minimizes.</summary>
/// <remarks>
/// To add a kind: a file beside this one, a line in <see cref="All"/>, and its counterpart in <c>Nabla.Reference</c>. Immutable.
/// </remarks>
public abstract record Loss : Kind
{
    private static readonly (float Least, float Most) AnyValue = (float.MinValue, float.MaxValue);

    private protected Loss(string name, string description)
        : base(name, description)
    {
    }

    /// <summary>
    /// Half the squared distance between outputs and targets, |a - y|^2 / 2, averaged over examples: the notebook's cost. For classes or
    /// values.
    /// </summary>
    public static Loss Quadratic { get; } = new QuadraticLoss();

    /// <summary>The distance |a - y|, summed over outputs and averaged over examples. For values.</summary>
    public static Loss Absolute { get; } = new AbsoluteLoss();

    /// <summary>
    /// Quadratic up to a distance of 1, and absolute beyond; averaged over examples. For values. <see cref="HuberLoss"/> takes other
    /// distances.
    /// </summary>
    public static Loss Huber { get; } = new HuberLoss();

    /// <summary>
    /// Half the distance, which learns the median; averaged over examples. For values. <see cref="QuantileLoss"/> learns another quantile.
    /// </summary>
    public static Loss Quantile { get; } = new QuantileLoss();

    /// <summary>
    /// exp(z) - y z with exponential outputs, summed over outputs and averaged over examples: for values of 0 or more, such as counts. Its
    /// error at the output is a - y.
    /// </summary>
    public static Loss Poisson { get; } = new PoissonLoss();

    /// <summary>
    /// With softmax outputs -log a_y; with sigmoid outputs -sum(y log a + (1 - y) log(1 - a)); averaged over examples. For classes. Its
    /// error at the output is a - y, so a saturated neuron that is wrong still learns. <see cref="CrossEntropyLoss"/> can smooth labels.
    /// </summary>
    public static Loss CrossEntropy { get; } = new CrossEntropyLoss();

    /// <summary>
    /// -sum(y log a + (1 - y) log(1 - a)) with sigmoid outputs, averaged over examples. For values from 0 to 1: several columns of yes or
    /// no, or of probabilities. Its error at the output is a - y.
    /// </summary>
    public static Loss BinaryCrossEntropy { get; } = new BinaryCrossEntropyLoss();

    /// <summary>All losses.</summary>
    public static Catalogue<Loss> All { get; } = new("loss",
    [
        Quadratic,
        Absolute,
        Huber,
        Quantile,
        Poisson,
        CrossEntropy,
        BinaryCrossEntropy,
    ]);

    /// <summary>The output activations that go with this loss; the first is the one used unless another is asked for.</summary>
    public abstract IReadOnlyList<Activation> OutputActivations { get; }

    /// <summary>Whether targets may be classes.</summary>
    public virtual bool TakesClasses => true;

    /// <summary>Whether targets may be values.</summary>
    public virtual bool TakesValues => true;

    /// <summary>
    /// Whether values may be shifted and scaled before training: not if the loss takes values of a certain range alone, such as counts.
    /// </summary>
    public bool StandardizesTargets => TakesValues && TargetRange == AnyValue;

    /// <summary>
    /// Whether the error at outputs of this activation is a - y, without the activation's slope: an output that is near its bound and
    /// wrong still learns. In the terms of generalized linear models, the activation is the inverse of the loss's canonical link.
    /// </summary>
    /// <param name="output">An output activation.</param>
    public bool IsCanonicalFor(Activation output) => Takes(output) && Create(output) is CanonicalUnit;

    /// <summary>The values that a target may have.</summary>
    internal virtual (float Least, float Most) TargetRange => AnyValue;

    /// <summary>The loss used for some targets unless another is asked for.</summary>
    internal static Loss DefaultFor(bool classes) => classes ? CrossEntropy : Quadratic;

    /// <summary>The output activation used for some targets unless another is asked for.</summary>
    internal virtual Activation DefaultOutput(bool classes) => OutputActivations[0];

    /// <summary>Joins this loss with an output activation.</summary>
    /// <exception cref="InvalidOptionException">The two do not go together, or a parameter is out of range.</exception>
    internal OutputLoss With(Activation output)
    {
        Validate();
        return Takes(output)
            ? Create(output)
            : throw new InvalidOptionException(
                $"the {Name} loss does not go with {output.Name} outputs",
                $"Use one of these output activations: {string.Join(", ", OutputActivations.Select(kind => kind.Name))}.");
    }

    /// <summary>
    /// Whether this loss goes with an output activation, which may be one of <see cref="OutputActivations"/> with other parameters.
    /// </summary>
    internal virtual bool Takes(Activation output) => OutputActivations.Contains(output);

    /// <summary>Checks that this loss can be computed for some targets.</summary>
    /// <exception cref="InvalidOptionException">It cannot; the message says which target is wrong.</exception>
    internal void CheckTargets(Targets targets)
    {
        CheckKind(targets is ClassTargets);
        if (TargetRange != AnyValue && targets is ValueTargets values)
            CheckRange(Array.ConvertAll(values.Values.ToArray(), value => (float)value), values.Names);
    }

    /// <inheritdoc cref="CheckTargets(Targets)"/>
    internal void CheckTargets(in TargetBatch targets)
    {
        CheckKind(targets.AreClasses);
        if (TargetRange != AnyValue)
            CheckRange(targets.Values, ["a target"]);
    }

    /// <summary>Checks the kind of the targets.</summary>
    /// <param name="areClasses">Whether they are classes rather than values.</param>
    /// <exception cref="InvalidOptionException">The loss is not for such targets.</exception>
    internal void CheckKind(bool areClasses)
    {
        if (!(areClasses ? TakesClasses : TakesValues))
            throw WrongKind(areClasses);
    }

    // Apart, so that a step whose targets are right allocates nothing.
    private InvalidOptionException WrongKind(bool areClasses)
    {
        string taken = TakesClasses ? "classes" : "values", given = areClasses ? "classes" : "values";
        var usable = All.Where(loss => areClasses ? loss.TakesClasses : loss.TakesValues);
        return new InvalidOptionException($"{Name} is for {taken}, and the targets are {given}", $"Use one of {Listed(usable)}.");
    }

    private protected abstract OutputLoss Create(Activation output);

    private void CheckRange(ReadOnlySpan<float> values, IReadOnlyList<string> names)
    {
        var (least, most) = TargetRange;
        int wrong = values.IndexOfAnyExceptInRange(least, most);
        if (wrong < 0)
            return;
        string range = most == float.MaxValue ? $"of at least {least}" : $"from {least} to {most}";
        throw new InvalidOptionException(
            $"{Name} is for values {range}, and {names[wrong % names.Count]} is {values[wrong]}",
            $"Use such values, or one of {Listed(All.Where(loss => loss.StandardizesTargets))}.");
    }

    private static string Listed(Catalogue<Loss> losses) => string.Join(", ", losses.Names);
}
