namespace Nabla;

/// <summary>An option that is out of range, or options that do not go together: what is wrong, and what to use instead.</summary>
/// <remarks>Immutable.</remarks>
/// <param name="problem">What is wrong, with the offending value: a sentence without its full stop.</param>
/// <param name="remedy">What to use instead: a sentence.</param>
/// <param name="option">Name of the option as C# has it, e.g. <c>BatchSize</c>; null if several are involved.</param>
public sealed class InvalidOptionException(string problem, string remedy, string? option = null) : ArgumentException($"{problem}. {remedy}")
{
    /// <summary>What is wrong, with the offending value: a sentence without its full stop.</summary>
    public string Problem { get; } = problem;

    /// <summary>What to use instead: a sentence.</summary>
    public string Remedy { get; } = remedy;

    /// <summary>Name of the option as C# has it, e.g. <c>BatchSize</c>; null if several are involved.</summary>
    public string? Option { get; } = option;
}
