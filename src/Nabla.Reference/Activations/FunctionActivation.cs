namespace Nabla.Reference;

/// <summary>An activation made of two functions of one number.</summary>
internal sealed class FunctionActivation(
    string name, Func<double, double> f, Func<double, double> fPrime, IReadOnlyList<double> kinks) : ElementwiseActivation(name, kinks)
{
    protected override double F(double z) => f(z);

    protected override double Prime(double z, double a) => fPrime(z);
}
