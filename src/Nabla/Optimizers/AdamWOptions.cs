namespace Nabla;

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, 2019), as PyTorch's <c>AdamW</c>. Immutable.</summary>
/// <remarks>
/// <see cref="OptimizerOptions.WeightDecay"/> (default here: 0.01) is the weight decay of the paper: a step first multiplies each weight by
/// 1 - learning rate * weight decay, and then moves it as Adam does without weight decay. Biases do not decay.
/// </remarks>
public sealed record AdamWOptions : AdaptiveMomentOptions
{
    /// <summary>The usual settings.</summary>
    public AdamWOptions()
        : base("adamw", "adam, with weight decay apart from the gradient") => WeightDecay = 0.01f;

    private protected override bool DecouplesDecay => true;
}
