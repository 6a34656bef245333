namespace Nabla;

/// <summary>a_j = exp(z_j) / sum of exp(z_k) over the layer.</summary>
internal sealed record Softmax() : Activation("softmax", "exp(z) divided by its sum over the layer; for the output layer")
{
    public override bool IsElementwise => false;

    internal override bool GivesProbabilities => true;

    internal override TResult Use<TResult>(IActivationUser<TResult> user) => user.UseSoftmax();
}
