using Nabla.Images;

namespace Nabla.Cli;

/// <summary>The requested data; null for parts that were not given.</summary>
/// <param name="Name">mnist, digits, a file or a folder.</param>
/// <param name="Folder">The folder to search for mnist.</param>
/// <param name="Targets">The columns to predict; may be empty.</param>
/// <param name="Kind">Whether the targets are classes or values.</param>
internal sealed record DataRequest(string? Name, string? Folder, IReadOnlyList<string> Targets, TargetKind Kind = TargetKind.Automatic)
{
    /// <summary>How to read a table.</summary>
    public TableSettings Table { get; init; } = new();

    /// <summary>The request as a user would type it.</summary>
    /// <param name="withTarget">Whether to include the targets; a saved model contains them.</param>
    public string ToArguments(bool withTarget)
    {
        string words = ShellWord.Quote(Name ?? "");
        if (Folder is not null && Name == NamedData.Mnist)
            words += $" --data-dir {ShellWord.Quote(Folder)}";
        if (InputArray is not null)
            words += $" --inputs {ShellWord.Quote(InputArray)}";
        if (TargetArray is not null)
            words += $" --targets {ShellWord.Quote(TargetArray)}";
        if (OnDisk)
            words += $" {OnDiskSwitch.Text}";
        words += Table.ToArguments();
        if (!withTarget)
            return words;
        words += Table.PlanArguments;
        if (Size is { } size)
            words += $" --size {size.Width}x{size.Height}";
        if (IsColour is { } isColour)
            words += isColour ? " --colour" : " --grey";
        return words + string.Concat(Targets.Select(target => $" --target {ShellWord.Quote(target)}"));
    }

    /// <summary>Name of the array with the inputs; null to find it.</summary>
    public string? InputArray { get; init; }

    /// <summary>Name of the array with the targets, or of their file; null to find it.</summary>
    public string? TargetArray { get; init; }

    /// <summary>The full path of the file of the targets, if the format has them in a file of their own.</summary>
    public string? TargetPath { get; init; }

    /// <summary>The name of the file with the targets of the validation data; null if these have their own, or there are none.</summary>
    public string? ValidationTargets { get; init; }

    /// <summary>Whether the inputs stay on disk.</summary>
    public bool OnDisk { get; init; }

    /// <summary>The size to which pictures are resized; null for their own.</summary>
    public PictureSize? Size { get; init; }

    /// <summary>Whether pictures are read in colour; null if the pictures decide.</summary>
    public bool? IsColour { get; init; }

    /// <summary>The names of the classes, if they are known; null if the labels decide.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>The form of pictures, if it is known.</summary>
    public PictureForm? Form { get; init; }

    /// <summary>Whether targets of either kind are read as values: the loss accepts nothing else.</summary>
    public bool PrefersValues { get; private init; }

    /// <summary>The request with the kind of targets that a loss needs, if the user did not decide.</summary>
    public DataRequest Preferring(Loss? loss) => this with { PrefersValues = loss is { TakesClasses: false } };
}
