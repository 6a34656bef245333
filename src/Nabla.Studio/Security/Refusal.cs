namespace Nabla.Studio;

/// <summary>Why a request is refused.</summary>
/// <param name="Status">The HTTP status, 4xx.</param>
/// <param name="Why">A sentence for the person who sees it.</param>
internal sealed record Refusal(int Status, string Why);
