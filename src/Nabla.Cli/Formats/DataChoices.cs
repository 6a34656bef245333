using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>How labelled examples are to be read.</summary>
internal sealed record DataChoices
{
    /// <summary>The columns of a table to predict; may be empty.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Whether the targets are classes or values.</summary>
    public TargetKind Kind { get; init; }

    /// <summary>How an earlier table was encoded; null if there is none.</summary>
    public TableEncoding? Encoding { get; init; }

    /// <summary>Name of the array with the inputs; null to find it.</summary>
    public string? InputArray { get; init; }

    /// <summary>Name of the array with the targets; null to find it.</summary>
    public string? TargetArray { get; init; }

    /// <summary>The size to which pictures are resized; null for their own.</summary>
    public PictureSize? Size { get; init; }

    /// <summary>Whether pictures are read in colour; null if the pictures decide.</summary>
    public bool? IsColour { get; init; }

    /// <summary>The names of known classes, in order; null if the labels decide.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>The known form of pictures; null if the other choices and the pictures decide.</summary>
    public PictureForm? Form { get; init; }
}
