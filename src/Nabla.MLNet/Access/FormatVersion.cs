namespace Nabla.MLNet;

/// <summary>What a file in an ML.NET model says about itself.</summary>
/// <param name="Signature">What it is: eight characters.</param>
/// <param name="Written">Version of the format, from 1.</param>
/// <param name="Loader">Name of the class that loads it, as it is registered: at most 24 characters.</param>
/// <param name="Assembly">The assembly that is needed to load it.</param>
internal sealed record FormatVersion(string Signature, uint Written, string Loader, string Assembly);
