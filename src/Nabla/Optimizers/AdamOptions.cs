namespace Nabla;

/// <summary>Adam: steps scaled by running means of the gradient and its square (Kingma and Ba, 2015). Immutable.</summary>
/// <remarks>Weight decay is added to the gradient, and so passes through both means: L2 regularization.</remarks>
public sealed record AdamOptions() : AdaptiveMomentOptions("adam", "steps scaled by running means of the gradient and its square")
{
    private protected override bool DecouplesDecay => false;
}
