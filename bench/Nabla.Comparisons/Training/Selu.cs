namespace Nabla.Comparisons;

/// <summary>The constants of SELU (Klambauer et al., 2017), for derivatives that are written by hand.</summary>
internal static class Selu
{
    public const double Alpha = 1.6732632423543772;
    public const double Scale = 1.0507009873554805;
}
