namespace Nabla.Reference;

/// <summary>f beside f', on one number.</summary>
internal interface IActivationFunction
{
    /// <summary>f(z).</summary>
    static abstract double F(double z);

    /// <summary>f'(z), given a = f(z) as well.</summary>
    static abstract double Prime(double z, double a);
}
