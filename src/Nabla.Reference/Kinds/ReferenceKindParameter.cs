namespace Nabla.Reference;

/// <summary>A numeric parameter of a <see cref="ReferenceKind"/>.</summary>
/// <param name="Name">Its name, e.g. <c>learning-rate</c>.</param>
/// <param name="Description">What it does and which values it may have, in one line.</param>
/// <param name="Default">Its value where none is given; null if one must be given.</param>
/// <remarks>Immutable, and therefore thread-safe.</remarks>
public sealed record ReferenceKindParameter(string Name, string Description, double? Default = null);
