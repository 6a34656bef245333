namespace Nabla;

/// <summary>How to read a file of labelled examples. Immutable.</summary>
public sealed record DatasetFileOptions
{
    /// <summary>Whether the targets are classes or values.</summary>
    public TargetKind TargetKind { get; init; }

    /// <summary>
    /// Whether the inputs stay on disk, and rows are read when they are needed: for data larger than memory. Possible for uncompressed
    /// files, which must not change as long as the data set is used. It changes no result.
    /// </summary>
    public bool OnDisk { get; init; }

    /// <summary>Name of the array with the inputs of all examples; null to find it by the usual names.</summary>
    public string? Inputs { get; init; }

    /// <summary>Name of the array with the targets of all examples; null to find it by the usual names.</summary>
    public string? Targets { get; init; }

    /// <summary>
    /// The names of the classes, in order, if they are known: those of the model that is evaluated. Null if the labels in the file decide.
    /// </summary>
    public IReadOnlyList<string>? ClassNames { get; init; }
}
