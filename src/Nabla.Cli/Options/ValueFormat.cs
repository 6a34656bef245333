using System.CommandLine.Completions;

namespace Nabla.Cli;

/// <summary>Reads a value from the command line.</summary>
/// <returns>False if the text is not such a value.</returns>
/// <exception cref="InvalidOptionException">The text is not such a value; the message has the reason.</exception>
internal delegate bool TryRead<T>(string text, out T value);

/// <summary>The format of a value: how it is parsed, and how errors describe it.</summary>
/// <param name="Expected">Completes "takes …", e.g. <c>a number above 0</c>.</param>
/// <param name="Example">A valid value.</param>
/// <param name="Read">Parses a value, independent of the culture.</param>
internal sealed record ValueFormat<T>(string Expected, string Example, TryRead<T> Read)
{
    /// <summary>What a shell can propose for a value of which the first characters are typed. Others are ignored.</summary>
    public Func<string, IEnumerable<CompletionItem>> Candidates { get; init; } = _ => [];
}
