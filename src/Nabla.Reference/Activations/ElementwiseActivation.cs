namespace Nabla.Reference;

/// <summary>An activation that acts on each neuron separately: f beside f', on one number.</summary>
/// <param name="name">Its name.</param>
/// <param name="kinks">The z at which f has no derivative.</param>
internal abstract class ElementwiseActivation(string name, params IReadOnlyList<double> kinks) : ReferenceActivation(name, kinks)
{
    public sealed override void Apply(ReadOnlySpan<double> z, Span<double> a)
    {
        for (int j = 0; j < z.Length; j++)
            a[j] = F(z[j]);
    }

    public sealed override void TimesPrime(ReadOnlySpan<double> z, ReadOnlySpan<double> a, Span<double> delta)
    {
        for (int j = 0; j < z.Length; j++)
            delta[j] *= Prime(z[j], a[j]);
    }

    /// <summary>f(z).</summary>
    protected abstract double F(double z);

    /// <summary>f'(z), given a = f(z) as well.</summary>
    protected abstract double Prime(double z, double a);
}
