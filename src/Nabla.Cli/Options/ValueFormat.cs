namespace Nabla.Cli;

/// <summary>Reads a value from the command line.</summary>
/// <returns>False where the text is no such value.</returns>
/// <exception cref="InvalidOptionException">It is no such value, and the message says why.</exception>
internal delegate bool TryRead<T>(string text, out T value);

/// <summary>One way to write a value: how it is read, and what to say where it cannot be.</summary>
/// <param name="Expected">Completes "takes …", e.g. <c>a number above 0</c>.</param>
/// <param name="Example">A value that is right.</param>
/// <param name="Read">The reader; culture never matters.</param>
internal sealed record ValueFormat<T>(string Expected, string Example, TryRead<T> Read);
