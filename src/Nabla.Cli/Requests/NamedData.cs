namespace Nabla.Cli;

/// <summary>The named data sets.</summary>
internal static class NamedData
{
    /// <summary>MNIST: searched on this machine, downloaded if it is not there, and checked.</summary>
    public const string Mnist = "mnist";

    /// <summary>The built-in digits, drawn by the program itself.</summary>
    public const string Digits = "digits";

    public static IReadOnlyList<string> All { get; } = [Mnist, Digits];
}
