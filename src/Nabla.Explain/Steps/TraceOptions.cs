namespace Nabla.Explain;

/// <summary>What an <see cref="ExampleTrace"/> uses instead of what the model says. Immutable.</summary>
public sealed record TraceOptions
{
    /// <summary>
    /// The parameters to use instead of the model's, e.g. a copy that was made during a training run; its layers are those of the model.
    /// Null for the model's own.
    /// </summary>
    public Network? Network { get; init; }

    /// <summary>
    /// Whether to make the notebook's slip: the slope of each activation is taken at a instead of at z, f'(a) instead of f'(z). Where delta
    /// has no slope as a factor, such as a - y of softmax with cross-entropy, nothing changes. See docs/notebook.md.
    /// </summary>
    public bool AsPrinted { get; init; }
}
