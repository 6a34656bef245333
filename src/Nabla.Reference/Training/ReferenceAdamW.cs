namespace Nabla.Reference;

/// <summary>Adam with decoupled weight decay: w = (1 - eta l2) w, and then Adam's step by the gradient without weight decay.</summary>
/// <remarks>
/// I. Loshchilov and F. Hutter, "Decoupled weight decay regularization", ICLR 2019; l2 is their lambda, and belongs to the trainer. Not
/// thread-safe: it keeps Adam's means between steps, for one network, and a concurrent call throws <see cref="InvalidOperationException"/>.
/// </remarks>
internal sealed class ReferenceAdamW : ReferenceOptimizer
{
    private readonly ReferenceAdam adam;

    private ReferenceAdamW(ReferenceAdam adam)
        : base(adam.LearningRate) => this.adam = adam;

    internal static OptimizerKind Kind { get; } = new(
        "adamw", "adam with decoupled weight decay: w = (1 - eta l2) w first", ReferenceAdam.Parameters,
        values => new ReferenceAdamW(ReferenceAdam.Create(values)));

    internal override bool DecouplesDecay => true;

    internal override int Remembered => adam.Remembered;

    /// <inheritdoc/>
    public override string ToString() => $"AdamW, eta {LearningRate:G}";

    internal override void Step(
        ReadOnlySpan<double> nabla, int n, Span<double> parameters, double learningRate, ReadOnlySpan<double> factors) =>
        adam.Step(nabla, n, parameters, learningRate, factors);
}
