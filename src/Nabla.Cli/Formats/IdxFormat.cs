using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>IDX files, uncompressed or compressed by gzip. Labels are in a separate file, which is found by its name.</summary>
internal sealed class IdxFormat : ITrainingFormat, IInputFormat, IInspectableFormat
{
    public IReadOnlyList<FileFormat> Formats { get; } = [FileFormat.Get("idx"), FileFormat.Get("gzip")];

    public string Noun => "an IDX file";

    public string DataNoun => "IDX files with the names of MNIST's files";

    public bool StaysOnDisk => true;

    public LabelledData Load(NamedFile file, DataRequest request, TableEncoding? encoding) => Load(file, request);

    /// <summary>Reads the examples of a file, or of a folder.</summary>
    public static LabelledData Load(NamedFile file, DataRequest request)
    {
        var found = Datasets.ReadIdx(file.FullPath, new DatasetFileOptions
        {
            ClassNames = request.Classes, OnDisk = request.OnDisk,
        });
        return LabelledData.From(found.Train, found.Test);
    }

    public FeatureTable ReadInputs(NamedFile file, Model model, TableSettings table, Terminal terminal) =>
        ArrayInputs.Fit(IdxReader.Read(file.FullPath), model, file.Name);

    public Findings Inspect(NamedFile file, DataRequest request) =>
        new(file.DisplayPath, "IDX array", [], [ArraySummary.From(Path.GetFileName(file.DisplayPath), IdxReader.Read(file.FullPath))]);
}
