using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>Folders: of IDX files, or with a sub-folder of pictures for each class.</summary>
internal sealed class FolderFormat : ITrainingFormat, IInspectableFormat
{
    public IReadOnlyList<FileFormat> Formats { get; } = [FileFormat.Get("folder")];

    public string Noun => "a folder of IDX files or pictures";

    public string DataNoun => "a folder of IDX files or of pictures by class";

    public bool TakesPictures => true;

    public bool StaysOnDisk => true; // IDX files do, pictures do not

    public LabelledData Load(NamedFile file, DataRequest request, TableEncoding? encoding)
    {
        if (HasPictures(file.FullPath))
            return request.OnDisk ? throw OnDiskSwitch.Refusal(file.Name) : PictureFolder.Load(file, request);
        if (request.Size is not null || request.IsColour is not null)
        {
            throw new UsageException(
                "cannot use --size, --colour or --grey", $"{file.Name} has no sub-folders of pictures", "Omit the option.");
        }
        return IdxFormat.Load(file, request);
    }

    public Findings Inspect(NamedFile file, DataRequest request)
    {
        var data = Load(file, request, null);
        return new(
            file.DisplayPath, data.Form is null ? "folder of IDX files" : "folder of pictures",
            [
                ("train", data.IsTestAlone ? "none" : data.Train.ToString()),
                ("test", (data.IsTestAlone ? data.Train : data.Test)?.ToString() ?? "none"),
                .. data.Form is null ? [] : ((string, string)[])[("pictures", data.Form.ToString())],
            ],
            []);
    }

    /// <summary>Whether a folder has sub-folders, and no IDX files, whose names end with idx3-ubyte and the like.</summary>
    private static bool HasPictures(string folder) =>
        PictureFiles.SubFolders(folder).Length > 0
        && !Directory.EnumerateFiles(folder).Any(file => Path.GetFileName(file).Contains("idx", StringComparison.OrdinalIgnoreCase));
}
