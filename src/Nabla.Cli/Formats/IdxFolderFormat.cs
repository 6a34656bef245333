using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>Folders of IDX files.</summary>
internal sealed class IdxFolderFormat : ITrainingFormat, IInspectableFormat
{
    public IReadOnlyList<FileFormat> Formats { get; } = [FileFormat.Get("folder")];

    public string Noun => "a folder of IDX files";

    public string DataNoun => Noun;

    public LabelledData Load(NamedFile file, DataRequest request, TableEncoding? encoding) =>
        LabelledData.From(Datasets.FromIdx(file.FullPath));

    public Findings Inspect(NamedFile file, DataRequest request)
    {
        var (train, test) = Datasets.FromIdx(file.FullPath);
        return new(file.DisplayPath, "folder of IDX files", [("train", train.ToString()), ("test", test?.ToString() ?? "none")], []);
    }
}
