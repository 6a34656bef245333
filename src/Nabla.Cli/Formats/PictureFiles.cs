namespace Nabla.Cli;

/// <summary>A picture and the class whose folder it is in.</summary>
/// <param name="Path">The full path.</param>
/// <param name="Class">Name of the folder.</param>
/// <param name="Format">How it is read.</param>
internal sealed record PictureFile(string Path, string Class, ImageFormat Format);

/// <summary>
/// The pictures in a folder with a sub-folder for each class, or in its sub-folders train and test with such sub-folders. Classes and files
/// are in ordinal order of their names, whatever the file system.
/// </summary>
/// <param name="Train">The pictures to train on, or all; empty if there are test pictures alone.</param>
/// <param name="Test">The pictures to test with; may be empty.</param>
/// <param name="Skipped">Number of files and folders that are hidden, not pictures, or where no class can have its pictures.</param>
internal sealed record PictureFiles(IReadOnlyList<PictureFile> Train, IReadOnlyList<PictureFile> Test, int Skipped)
{
    private static readonly ImageFormat[] Readers = [.. CliFormats.All.OfType<ImageFormat>()];

    /// <summary>Finds the pictures.</summary>
    /// <param name="folder">Full path of an existing folder with sub-folders.</param>
    /// <exception cref="InvalidInputException">A file with the name of a picture is none.</exception>
    public static PictureFiles Find(string folder)
    {
        int skipped = 0;
        string[] subFolders = SubFolders(folder);
        string? train = Part(subFolders, "train", "training");
        string? test = Part(subFolders, "test", "testing") ?? (train is null ? null : Part(subFolders, "val", "valid", "validation"));
        if (train is null && test is null)
        {
            var all = Classes(folder, ref skipped);
            return new PictureFiles(all, [], skipped);
        }
        skipped += Directory.EnumerateFileSystemEntries(folder).Count(entry => entry != train && entry != test);
        var trained = train is null ? [] : Classes(train, ref skipped);
        var tested = test is null ? [] : Classes(test, ref skipped);
        return new PictureFiles(trained, tested, skipped);
    }

    /// <summary>Full paths of the sub-folders that are not hidden, in ordinal order.</summary>
    public static string[] SubFolders(string folder) =>
        [.. Directory.EnumerateDirectories(folder).Where(path => !IsHidden(path)).Order(StringComparer.Ordinal)];

    /// <summary>The sub-folder with one of some names, if it has sub-folders itself; null if there is none.</summary>
    private static string? Part(string[] subFolders, params string[] names) => subFolders.FirstOrDefault(
        path => names.Contains(Path.GetFileName(path), StringComparer.OrdinalIgnoreCase) && SubFolders(path).Length > 0);

    private static PictureFile[] Classes(string folder, ref int skipped)
    {
        var found = new List<PictureFile>();
        string[] subFolders = SubFolders(folder);
        skipped += Directory.EnumerateFileSystemEntries(folder).Count() - subFolders.Length;
        foreach (string subFolder in subFolders)
        {
            skipped += Directory.EnumerateDirectories(subFolder).Count();
            foreach (string path in Directory.EnumerateFiles(subFolder).Order(StringComparer.Ordinal))
            {
                if (ReaderOf(path) is { } reader)
                    found.Add(new PictureFile(path, Path.GetFileName(subFolder), reader));
                else
                    skipped++;
            }
        }
        return [.. found];
    }

    /// <summary>The format of a picture; null for a file that is hidden or something else.</summary>
    /// <exception cref="InvalidInputException">It has the name of a picture, but is none.</exception>
    private static ImageFormat? ReaderOf(string path)
    {
        if (IsHidden(path))
            return null;
        var format = FileFormat.Detect(path);
        if (Array.Find(Readers, reader => format is not null && reader.Formats.Contains(format)) is { } found)
            return found;
        return Array.Exists(Readers, reader => reader.Formats.Any(usual => usual.HasUsualExtension(path)))
            ? throw new InvalidInputException(
                $"cannot read {path}", "byte 0",
                $"it has the name of a picture, but is {format?.Description ?? "a file of an unknown kind"}",
                "The file is damaged or incomplete: copy it again, or remove it.")
            : null;
    }

    private static bool IsHidden(string path) => Path.GetFileName(path).StartsWith('.');
}
