namespace Nabla.Reference;

/// <summary>A cost made of two functions of the outputs, with an output activation.</summary>
internal sealed class FunctionCost(
    string name, ReferenceActivation output, CostValue value, CostDerivative derivative, bool hasKinkAtTarget)
    : ReferenceCost($"{name} of {output.Name}", output.Kinks, hasKinkAtTarget)
{
    public override void Output(ReadOnlySpan<double> z, Span<double> a) => output.Apply(z, a);

    public override double Value(ReadOnlySpan<double> z, ReadOnlySpan<double> a, ReadOnlySpan<double> y) => value(a, y);

    // delta = dC/da * f'(z)
    public override void Delta(ReadOnlySpan<double> z, ReadOnlySpan<double> a, ReadOnlySpan<double> y, Span<double> delta)
    {
        derivative(a, y, delta);
        output.TimesPrime(z, a, delta);
    }
}
