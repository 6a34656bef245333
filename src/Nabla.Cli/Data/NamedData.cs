namespace Nabla.Cli;

/// <summary>The data sets that have names of their own.</summary>
internal static class NamedData
{
    /// <summary>Looked for on this machine, checked, and downloaded if it is not there.</summary>
    public const string Mnist = "mnist";

    /// <summary>Drawn by the program itself.</summary>
    public const string Digits = "digits";

    public static IReadOnlyList<string> All { get; } = [Mnist, Digits];
}
